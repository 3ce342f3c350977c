using System.Text.Json.Serialization;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Chasing that has come to the limit of its day: what is planned is sent, nothing more is planned.</summary>
public sealed record DayHold(DateTimeOffset Since, string Why, int Limit);

/// <summary>A person's word that more may be sent on a day, up to a number.</summary>
public sealed record DayRelease(string By, DateTimeOffset At, int UpTo, string Why);

/// <summary>The chasing emails of one London day.</summary>
/// <param name="Takers">How many runs have taken from what may still be planned, and have not given back what they did not use: some may have been killed.</param>
/// <param name="TakenAt">When one of them last did (real time).</param>
public sealed record SendingDay(DateOnly On, int Planned = 0, DayHold? Hold = null, DayRelease? Release = null, int Takers = 0, DateTimeOffset? TakenAt = null)
{
    /// <summary>Whether its row cannot be read, so that nothing can be counted.</summary>
    [JsonIgnore]
    public bool IsUncounted { get; init; }
}

/// <summary>How many chasing emails may be planned for a day.</summary>
internal static class DayLimitRule
{
    /// <summary>The limit and what sets it.</summary>
    /// <param name="day">The day as it stands.</param>
    /// <param name="earlier">How many were planned on the sending days before, the latest first.</param>
    public static (int Limit, string Why) Of(SendingDay day, IReadOnlyList<int> earlier, ChasingSettings settings)
    {
        if (day.IsUncounted)
        {
            return (0, "the day’s count cannot be read");
        }

        if (day.Release is { } release)
        {
            return (release.UpTo, $"{release.By} released {release.UpTo} chasing emails for this day");
        }

        var (usual, unusual) = Unusual(earlier, settings);
        return settings.DailyCap <= unusual
            ? (settings.DailyCap, $"no more than {settings.DailyCap} chasing emails are sent on a day")
            : (unusual, $"more than {unusual} chasing emails on a day are unusual: a day usually has {usual:0.#}");
    }

    /// <summary>How long days have been held: since the first of those that came to their limit one after another. A night does not end it.</summary>
    /// <param name="before">What the run before said.</param>
    /// <param name="today">Today's hold, if there is one.</param>
    /// <param name="maySend">Whether emails may leave now.</param>
    public static DayHold? GoesOn(DayHold? before, DayHold? today, bool maySend) =>
        today is not null ? today with { Since = before?.Since ?? today.Since } : maySend ? null : before;

    /// <summary>How many a day usually has, and above how many it is unusual.</summary>
    public static (double Usual, int Above) Unusual(IReadOnlyList<int> earlier, ChasingSettings settings)
    {
        var usual = Median([.. earlier.Take(settings.HoldDays)]);
        return (usual, (int)Math.Max(settings.HoldLeast, settings.HoldTimesMedian * usual));
    }

    public static double Median(IReadOnlyList<int> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0;
    }
}

/// <summary>The days and their numbers of chasing emails, counted before anything is planned: a crash counts too many, never too few.</summary>
internal sealed class SendingDays(Store store)
{
    private const int Tries = 20;
    private const int DaysBack = 90;
    private const string Prefix = "day|";

    /// <summary>A day. Where its row cannot be read, nothing can be counted, and so the day is held.</summary>
    /// <param name="on">The London day.</param>
    /// <param name="now">The moment, since which such a day is held.</param>
    /// <param name="unreadable">Takes the row if it cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<SendingDay> ReadAsync(DateOnly on, DateTimeOffset now, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var known = unreadable.Count;
        var row = await FindAsync(on, stop, unreadable);
        return unreadable.Count > known
            ? new SendingDay(on, Hold: new DayHold(now, $"The row that counts the chasing emails of {on.InWords()} cannot be read, so no more can be counted.", 0)) { IsUncounted = true }
            : row?.Value ?? new SendingDay(on);
    }

    /// <summary>How many were planned on the days before on which any were, the latest first.</summary>
    /// <param name="before">The London day.</param>
    /// <param name="unreadable">Takes days that cannot be read: the median of the others says as well what is usual.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlyList<int>> EarlierAsync(DateOnly before, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var days = new List<SendingDay>();
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.Between(Partition, Key(before.AddDays(-DaysBack)), Key(before)), cancellationToken: stop))
        {
            if (Document.Read<SendingDay>(entity, unreadable) is { } row)
            {
                days.Add(row.Value);
            }
        }

        return [.. days.Where(d => d.Planned > 0).OrderByDescending(d => d.On).Select(d => d.Planned)];
    }

    /// <summary>Changes a day as it is at that moment.</summary>
    public async Task<SendingDay> ChangeAsync(DateOnly on, Func<SendingDay, SendingDay> change, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var row = await FindAsync(on, stop);
            var before = row?.Value ?? new SendingDay(on);
            var after = change(before);
            var egt = new Egt(Partition);
            if (after == before || await egt.Put(row, Key(on), after).CommitAsync(store.Register, stop))
            {
                return after;
            }
        }

        throw new IOException($"The count of {on.InWords()} could not be changed: others change it all the time.");
    }

    private static string Partition => OrganisationId.Staff.ToString();

    private static string Key(DateOnly on) => Prefix + on.Iso();

    private async Task<Row<SendingDay>?> FindAsync(DateOnly on, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await Document.FindAsync<SendingDay>(store.Register, Partition, Key(on), stop, unreadable);
}
