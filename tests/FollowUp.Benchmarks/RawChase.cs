using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues.Models;
using FollowUp.Local.Front;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Benchmarks;

/// <summary>
/// What the service asks of storage and SendGrid for a chase, without the service: the same rows, the same order, as many
/// at once. It sends while it plans, and takes messages from the queue as the host does: the next batch as soon as the
/// threshold is reached.
/// </summary>
internal sealed class RawChase(Store store, Uri mail)
{
    private const int Planners = 8;
    private const int Lot = 40;
    private const int Senders = QueuePump.AtOnce;
    private const int StillRunning = Senders / 2;
    private static readonly string Today = TimeProvider.System.GetUtcNow().LondonDate().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private readonly SharedRead<List<TableEntity>> _brakes = new();
    private readonly ConcurrentDictionary<string, Planned> _planned = new();

    private sealed record Planned(string Organisation, string Mid, TableEntity State, string[] Key)
    {
        public string Message => $"msg|{Today}|{Mid}";
    }

    /// <returns>When all was planned.</returns>
    public async Task<TimeSpan> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var planning = PlanAsync();
        await Task.WhenAll(planning, SendAsync(planning));
        return await planning;

        async Task<TimeSpan> PlanAsync()
        {
            await AllAsync(store.Addresses, "PartitionKey eq 'suspended'");
            await AllAsync(store.Organisations, "PartitionKey eq 'directory'");
            foreach (var lot in (await AllAsync(store.Agenda, $"PartitionKey le '{Today}'")).Chunk(Lot))
                await PlanLotAsync(lot);
            return watch.Elapsed;
        }
    }

    private async Task SendAsync(Task planning)
    {
        var sending = new HashSet<Task>();
        for (var taken = 0; !planning.IsCompleted || taken < _planned.Count;)
        {
            while (sending.Count > StillRunning)
            {
                var ended = await Task.WhenAny(sending);
                sending.Remove(ended);
                await ended;
            }

            var bells = (await store.EmailQueue.ReceiveMessagesAsync(Senders - sending.Count)).Value;
            foreach (var bell in bells)
                sending.Add(SendAsync(_planned[bell.MessageText], bell));
            taken += bells.Length;
            if (bells.Length == 0)
                await Task.Delay(10);
        }

        await Task.WhenAll(sending);
    }

    /// <summary>The states, then the hints of all of them, then a transaction and a bell for each.</summary>
    private async Task PlanLotAsync(TableEntity[] lot)
    {
        var some = new ConcurrentBag<Planned>();
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
            _planned[one.Mid] = one;
            await store.EmailQueue.SendMessageAsync(one.Mid, token);
        });
    }

    private async Task SendAsync(Planned one, QueueMessage bell)
    {
        var message = (await store.Register.GetEntityAsync<TableEntity>(one.Organisation, one.Message)).Value;
        await _brakes.RunAsync(() => AllAsync(store.Settings, "PartitionKey eq 'sending'"));
        var state = await StateAsync(one.Organisation, one.State.RowKey);
        await store.Links.UpsertEntityAsync(new TableEntity(one.Mid, "link") { ["organisation"] = one.Organisation }, TableUpdateMode.Replace);
        var claimed = (await store.Register.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateReplace, message, message.ETag),
            new(TableTransactionActionType.Add, new TableEntity(one.Organisation, "lnk|" + one.Mid) { ["v"] = 1, ["json0"] = new string('x', 400) }),
        ])).Value;
        await store.Emails.GetBlobClient(one.Mid + ".json").UploadAsync(BinaryData.FromString(Letter.Text));
        await Letter.PostAsync(mail);
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
