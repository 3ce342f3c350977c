using Azure.Data.Tables;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>Sending was stopped by a person: nothing leaves until a person lets it go on.</summary>
public sealed record KillSwitch(string By, DateTimeOffset At, string Why);

/// <summary>SendGrid refuses our account: nothing leaves but one try every few minutes.</summary>
public sealed record AccountRefusal(DateTimeOffset Since, string Why, DateTimeOffset NextTry);

/// <summary>What keeps emails from leaving.</summary>
/// <param name="Doubts">Whose emails SendGrid has refused for good since it last took one, by the hashes of their addresses.</param>
public sealed record Brakes(KillSwitch? KillSwitch = null, AccountRefusal? Refusal = null, IReadOnlyList<string>? Doubts = null)
{
    /// <summary>Emails to so many people, none taken in between: then it is not the emails that are wrong.</summary>
    private const int MostDoubts = 5;

    public static Brakes None { get; } = new();

    /// <summary>Whether what SendGrid says of an email it says of every one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsAboutAll => Refusal is not null || Doubts?.Count >= MostDoubts;

    /// <summary>The same when SendGrid has refused an email for good.</summary>
    public Brakes Doubt(string whose) => IsAboutAll || Doubts?.Contains(whose) == true ? this : this with { Doubts = [.. Doubts ?? [], whose] };
}

/// <summary>The one row that is read before every email leaves.</summary>
internal sealed class BrakesTable(Store store, IClock clock)
{
    private const string Partition = ChangeStamp.Partition;
    private const string RowKey = "brakes";
    private const int Tries = 6;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(5);
    private readonly SharedRead<(Row<Brakes>? Row, string? Stamp)> reading = new();

    /// <summary>The brakes. A row that cannot be read may be one that stops all sending, and so it does.</summary>
    /// <param name="unreadable">Takes the row if it cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<Brakes> ReadAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        await FindEntityAsync(stop) is { } entity ? Read(entity, unreadable).Value : Brakes.None;

    /// <summary>The brakes and the stamp of what all senders know, in one request, which those who ask at the same time share.</summary>
    public Task<(Row<Brakes>? Row, string? Stamp)> ReadWithStampAsync(CancellationToken stop) => reading.RunAsync(ReadBothAsync).WaitAsync(stop);

    /// <summary>Whether an email may leave now. While SendGrid refuses our account, one sender at a time may try.</summary>
    /// <returns>Whether one may leave, and whether it is such a try.</returns>
    public async Task<(bool MayLeave, bool Trying)> MayLeaveAsync(Row<Brakes>? row, CancellationToken stop)
    {
        if (row is null || row.Value is { KillSwitch: null, Refusal: null })
        {
            return (true, false);
        }

        var tries = row.Value is { KillSwitch: null, Refusal: { } refusal } && refusal.NextTry <= clock.UtcNow
            && await WriteAsync(row, row.Value with { Refusal = refusal with { NextTry = clock.UtcNow + BetweenTries } }, stop);
        return (tries, tries);
    }

    /// <summary>Changes the brakes as they are at that moment.</summary>
    public async Task<Brakes> ChangeAsync(Func<Brakes, Brakes> change, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var row = await FindAsync(stop);
            var before = row?.Value ?? Brakes.None;
            var after = change(before);
            if (after == before || await WriteAsync(row, after, stop))
            {
                return after;
            }
        }

        throw new IOException("The brakes of sending could not be changed: others change them all the time.");
    }

    /// <summary>SendGrid has refused an email for good.</summary>
    /// <returns>Whether it refuses all of them, one after another: then none of them is wrong, and each waits.</returns>
    public async Task<bool> DoubtAsync(Recipient whose, CancellationToken stop) =>
        (await ChangeAsync(b => b.Doubt(Keys.Hash(whose.Email.ToString())), stop)).IsAboutAll;

    /// <summary>SendGrid has taken an email.</summary>
    /// <param name="tried">Whether it was the one that may be tried while our account is refused.</param>
    /// <param name="known">The brakes as they were read before.</param>
    /// <param name="stop">Stops it.</param>
    public async Task TakenAsync(bool tried, Row<Brakes>? known, CancellationToken stop)
    {
        if (tried || known?.Value.Doubts is not null)
        {
            await ChangeAsync(b => b.Doubts is null && !tried ? b : b with { Refusal = tried ? null : b.Refusal, Doubts = null }, stop);
        }
    }

    /// <summary>SendGrid has refused our account: everybody stops.</summary>
    public Task RefusedAsync(string why, CancellationToken stop) =>
        ChangeAsync(b => b with { Refusal = new AccountRefusal(b.Refusal?.Since ?? clock.UtcNow, why, clock.UtcNow + BetweenTries) }, stop);

    private async Task<(Row<Brakes>? Row, string? Stamp)> ReadBothAsync()
    {
        Row<Brakes>? row = null;
        string? stamp = null;
        await foreach (var entity in store.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}")))
        {
            (row, stamp) = entity.RowKey == RowKey ? (Read(entity, []), stamp) : (row, entity.GetString(ChangeStamp.Property));
        }

        return (row, stamp);
    }

    /// <summary>The row as it stands, which nobody changes who cannot read it.</summary>
    private async Task<Row<Brakes>?> FindAsync(CancellationToken stop) =>
        await FindEntityAsync(stop) is { } entity ? Document.Read<Brakes>(entity) : null;

    private async Task<TableEntity?> FindEntityAsync(CancellationToken stop)
    {
        var found = await store.Settings.GetEntityIfExistsAsync<TableEntity>(Partition, RowKey, cancellationToken: stop);
        return found.HasValue ? found.Value : null;
    }

    private Row<Brakes> Read(TableEntity entity, ICollection<UnreadableRow> unreadable) => Document.Read<Brakes>(entity, unreadable)
        ?? new Row<Brakes>(entity.PartitionKey, entity.RowKey, new Brakes(new KillSwitch("FollowUp", clock.UtcNow, "The row that says whether sending is stopped cannot be read.")), entity.ETag, entity);

    private Task<bool> WriteAsync(Row<Brakes>? before, Brakes after, CancellationToken stop)
    {
        var egt = new Egt(Partition);
        return egt.Put(before, RowKey, after).CommitAsync(store.Settings, stop);
    }
}
