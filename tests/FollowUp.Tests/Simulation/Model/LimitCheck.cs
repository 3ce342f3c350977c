using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>
/// The limits of a day, counted from the messages themselves: no more chasing emails are planned than its cap or what
/// staff release, and no day is held that is far from its limit.
/// </summary>
internal sealed class LimitCheck(Ledger ledger, ChasingSettings settings, Func<DateTimeOffset> now)
{
    /// <summary>One plan begins at most so many messages: everybody of an organisation and of the two above it, and the inspectorate.</summary>
    private const int MostOfOnePlan = 12;
    private readonly Dictionary<DateOnly, HashSet<string>> begun = [];
    private readonly Dictionary<DateOnly, int> released = [];
    private readonly HashSet<DateOnly> reported = [];
    private readonly Dictionary<DateOnly, (int Limit, int Counted)> held = [];

    /// <summary>How many days were held.</summary>
    public int HeldDays { get; private set; }

    public bool IsHeld(DateOnly day) => held.ContainsKey(day);

    public void Release(DateOnly day, int upTo) => released[day] = upTo;

    /// <summary>At the end of a day that is still held, so many messages must be planned that another plan might pass the limit.</summary>
    public void EndOfDay(DateOnly day)
    {
        if (held.TryGetValue(day, out var hold) && (begun.GetValueOrDefault(day)?.Count ?? 0) is var count && count + MostOfOnePlan <= hold.Limit)
        {
            ledger.Broken($"{day} is held at {hold.Limit} emails, and {count} are planned ({hold.Counted} are counted).");
        }
    }

    /// <summary>Takes a row of the register as it is stored.</summary>
    public void Take(TableEntity row)
    {
        if (row.RowKey.Split('|') is ["msg", var day, _])
        {
            Begin(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row);
        }
        else if (row.RowKey.StartsWith("day|", StringComparison.Ordinal) && Document.Read<SendingDay>(row).Value is var known)
        {
            HeldDays += known.Hold is not null && !held.ContainsKey(known.On) ? 1 : 0;
            held.Remove(known.On);
            if (known.Hold is { } hold)
            {
                held[known.On] = (hold.Limit, known.Planned);
            }
        }
    }

    private void Begin(DateOnly day, TableEntity row)
    {
        if (day < now().LondonDate())
        {
            // A run that slept overnight: it leaves with the email of another day, which is counted there
            return;
        }

        var keys = begun.TryGetValue(day, out var known) ? known : begun[day] = [];
        var limit = released.TryGetValue(day, out var upTo) ? upTo : settings.DailyCap;
        if (keys.Add(row.PartitionKey + row.RowKey) && keys.Count > limit && reported.Add(day))
        {
            ledger.Broken($"{now():u}: {keys.Count} chasing emails are planned for {day}, and the limit is {limit}: {row.PartitionKey} {row.GetString("json0")}");
        }
    }
}
