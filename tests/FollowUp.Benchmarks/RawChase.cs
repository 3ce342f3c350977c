using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Benchmarks;

/// <summary>What the service asks of storage and SendGrid for a chase, without the service: the same rows, the same order, as many at once.</summary>
internal sealed class RawChase(Store store, Uri mail)
{
    private const int Planners = 8;
    private const int Senders = 16;
    private static readonly string Letter = new('x', 9_000);
    private static readonly string Today = TimeProvider.System.GetUtcNow().LondonDate().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    private sealed record Planned(string Organisation, string Mid, string Message, TableEntity State);

    public async Task RunAsync()
    {
        await AllAsync(store.Addresses, "PartitionKey eq 'suspended'");
        await AllAsync(store.Organisations, "PartitionKey eq 'directory'");
        var due = await AllAsync(store.Agenda, $"PartitionKey le '{Today}'");
        var planned = new System.Collections.Concurrent.ConcurrentBag<Planned>();
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Planners }, async (hint, _) => planned.Add(await PlanAsync(hint.RowKey.Split('|'))));

        // The queue gives its messages out as the host asks for them
        await Parallel.ForEachAsync(planned, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (one, _) => await SendAsync(one));
    }

    private async Task<Planned> PlanAsync(string[] key)
    {
        var (organisation, row) = (key[0], $"rec|{key[1]}|{key[2]}");
        var state = (await AllAsync(store.Register, $"PartitionKey eq '{organisation}' and RowKey ge '{row}' and RowKey lt '{row}!'"))[0];
        await AllAsync(store.Register, $"PartitionKey eq '{organisation}' and RowKey ge 'msg|{Today}' and RowKey lt 'msg}}'");
        await store.Agenda.UpsertEntityAsync(new TableEntity("2099-01-01", string.Join('|', key)), TableUpdateMode.Replace);
        var mid = Guid.NewGuid().ToString("n");
        await HintRows.PutAsync(store.Messages, [new TableEntity("raw", "p|" + mid) { ["organisation"] = organisation }, new TableEntity("raw", "u|" + mid) { ["organisation"] = organisation }], CancellationToken.None);
        var message = new TableEntity(organisation, $"msg|{Today}|{mid}") { ["v"] = 1, ["json0"] = new string('x', 700) };
        await store.Register.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, state, state.ETag),
            new(TableTransactionActionType.Add, new TableEntity(organisation, $"evt|{key[1]}|{key[2]}|000009") { ["v"] = 1, ["json0"] = new string('x', 700) }),
            new(TableTransactionActionType.Add, message),
        ]);
        await store.EmailQueue.SendMessageAsync(mid);
        return new Planned(organisation, mid, message.RowKey, state);
    }

    private async Task SendAsync(Planned one)
    {
        var bell = (await store.EmailQueue.ReceiveMessageAsync()).Value;
        var message = (await store.Register.GetEntityAsync<TableEntity>(one.Organisation, one.Message)).Value;
        await AllAsync(store.Settings, "PartitionKey eq 'sending'");
        var state = (await AllAsync(store.Register, $"PartitionKey eq '{one.Organisation}' and RowKey ge '{one.State.RowKey}' and RowKey lt '{one.State.RowKey}!'"))[0];
        await store.Links.UpsertEntityAsync(new TableEntity(one.Mid, "link") { ["organisation"] = one.Organisation }, TableUpdateMode.Replace);
        var claimed = (await store.Register.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, message, message.ETag),
            new(TableTransactionActionType.Add, new TableEntity(one.Organisation, "lnk|" + one.Mid) { ["v"] = 1, ["json0"] = new string('x', 400) }),
        ])).Value;
        await store.Emails.GetBlobClient(one.Mid + ".json").UploadAsync(BinaryData.FromString(Letter));
        using var content = new StringContent(JsonSerializer.Serialize(new { letter = Letter }), Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(mail, "/v3/mail/send"), content);
        answer.EnsureSuccessStatusCode();
        await store.Register.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, message, claimed[0].Headers.ETag!.Value),
            new(TableTransactionActionType.UpdateReplace, state, state.ETag),
        ]);
        await store.EmailQueue.DeleteMessageAsync(bell.MessageId, bell.PopReceipt);
    }

    private static async Task<List<TableEntity>> AllAsync(TableClient table, string filter)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter))
            rows.Add(row);
        return rows;
    }
}
