using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using FollowUp.Local.Front;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Benchmarks;

/// <summary>What the service asks of storage and SendGrid for a chase, without the service: the same rows, the same order, as many at once.</summary>
internal sealed class RawChase(Store store, Uri mail)
{
    private const int Planners = 8;
    private const int Lot = 40;
    private const int Senders = QueuePump.AtOnce;
    private static readonly string Letter = new('x', 9_000);
    private static readonly string Today = TimeProvider.System.GetUtcNow().LondonDate().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    private readonly SharedRead<List<TableEntity>> _brakes = new();

    private sealed record Planned(string Organisation, string Mid, TableEntity State, string[] Key)
    {
        public string Message => $"msg|{Today}|{Mid}";
    }

    public async Task RunAsync()
    {
        await AllAsync(store.Addresses, "PartitionKey eq 'suspended'");
        await AllAsync(store.Organisations, "PartitionKey eq 'directory'");
        var due = await AllAsync(store.Agenda, $"PartitionKey le '{Today}'");
        var planned = new List<Planned>();
        foreach (var lot in due.Chunk(Lot))
            planned.AddRange(await PlanAsync(lot));

        // The queue gives its messages out as the host asks for them
        await Parallel.ForEachAsync(planned, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (one, _) => await SendAsync(one));
    }

    /// <summary>The states, then the hints of all of them, then a transaction and a bell for each.</summary>
    private async Task<IReadOnlyCollection<Planned>> PlanAsync(TableEntity[] lot)
    {
        var some = new System.Collections.Concurrent.ConcurrentBag<Planned>();
        await Parallel.ForEachAsync(lot, new ParallelOptions { MaxDegreeOfParallelism = Planners }, async (hint, _) =>
        {
            var key = hint.RowKey.Split('|');
            some.Add(new Planned(key[0], Guid.NewGuid().ToString("n"), await StateAsync(key[0], $"rec|{key[1]}|{key[2]}"), key));
        });
        await HintRows.PutAsync(store.Agenda, some.Select(one => new TableEntity("2099-01-01", string.Join('|', one.Key))), CancellationToken.None);
        await HintRows.PutAsync(store.Messages, some.SelectMany(one => new[] { Hint("p|", one), Hint("u|", one) }), CancellationToken.None);
        await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = Planners }, async (one, token) =>
        {
            await store.Register.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, one.State, one.State.ETag),
                new(TableTransactionActionType.Add, new TableEntity(one.Organisation, $"evt|{one.Key[1]}|{one.Key[2]}|000009") { ["v"] = 1, ["json0"] = new string('x', 700) }),
                new(TableTransactionActionType.Add, new TableEntity(one.Organisation, one.Message) { ["v"] = 1, ["json0"] = new string('x', 700) }),
            ],
            token);
            await store.EmailQueue.SendMessageAsync(one.Mid, token);
        });
        return some;
    }

    private async Task SendAsync(Planned one)
    {
        var bell = (await store.EmailQueue.ReceiveMessageAsync()).Value;
        var message = (await store.Register.GetEntityAsync<TableEntity>(one.Organisation, one.Message)).Value;
        await _brakes.RunAsync(() => AllAsync(store.Settings, "PartitionKey eq 'sending'"));
        var state = await StateAsync(one.Organisation, one.State.RowKey);
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

    private static TableEntity Hint(string prefix, Planned one) => new("raw", prefix + one.Mid) { ["organisation"] = one.Organisation };

    private async Task<TableEntity> StateAsync(string organisation, string row) =>
        (await AllAsync(store.Register, $"PartitionKey eq '{organisation}' and RowKey ge '{row}' and RowKey lt '{row}!'"))[0];

    private static async Task<List<TableEntity>> AllAsync(TableClient table, string filter)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter))
            rows.Add(row);
        return rows;
    }
}
