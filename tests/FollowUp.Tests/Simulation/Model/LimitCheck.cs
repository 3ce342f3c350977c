using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>
/// The limits of a day, counted from the messages themselves: no more chasing emails are planned than its cap or what
/// staff release, and no day is held that is far from its limit.
/// </summary>
internal sealed class LimitCheck(Ledger ledger, ChasingSettings settings)
{
    /// <summary>One plan begins at most so many messages: everybody of an organisation and of the two above it, and the inspectorate.</summary>
    private const int MostOfOnePlan = 12;
    private readonly Dictionary<DateOnly, HashSet<string>> begun = [];
    private readonly Dictionary<DateOnly, int> released = [];
    private readonly HashSet<DateOnly> reported = [];

    /// <summary>Days that were held.</summary>
    public HashSet<DateOnly> Held { get; } = [];

    public void Release(DateOnly day, int upTo) => released[day] = upTo;

    /// <summary>Takes a row of the register as it is stored.</summary>
    public void Take(TableEntity row, DateTimeOffset now)
    {
        if (row.RowKey.Split('|') is ["msg", var day, _])
        {
            Begin(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row.PartitionKey + row.RowKey);
        }
        else if (row.RowKey.StartsWith("day|", StringComparison.Ordinal) && row.GetString("json0").Contains("\"hold\":{", StringComparison.Ordinal) && Document.Read<SendingDay>(row).Value is { Hold: { } hold } held && Held.Add(held.On) && !released.ContainsKey(held.On))
        {
            var count = begun.GetValueOrDefault(held.On)?.Count ?? 0;
            if (count + MostOfOnePlan <= hold.Limit)
            {
                ledger.Broken($"{now:u}: {held.On} is held at {hold.Limit} emails, and {count} are planned ({held.Planned} are counted).");
            }
        }
    }

    private void Begin(DateOnly day, string key)
    {
        var keys = begun.TryGetValue(day, out var known) ? known : begun[day] = [];
        var limit = released.TryGetValue(day, out var upTo) ? upTo : settings.DailyCap;
        if (keys.Add(key) && keys.Count > limit && reported.Add(day))
        {
            ledger.Broken($"{day}: {keys.Count} chasing emails are planned, and the limit is {limit}.");
        }
    }
}
