namespace FollowUp.Tests.Simulation.Model;

/// <summary>Something that changes now and then, with what it was before.</summary>
internal sealed class History<T>(T first)
{
    private readonly List<(DateTimeOffset From, T Value)> all = [(DateTimeOffset.MinValue, first)];

    public T Now => all[^1].Value;

    public void Set(DateTimeOffset from, T value) => all.Add((from, value));

    /// <summary>All that held at some moment of a span, the latest first.</summary>
    public IEnumerable<T> Within(DateTimeOffset from, DateTimeOffset to)
    {
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all[i].From <= to)
            {
                yield return all[i].Value;
            }

            if (all[i].From <= from)
            {
                yield break;
            }
        }
    }
}

/// <summary>How long something may still happen on what was true before.</summary>
internal static class Bounds
{
    /// <summary>A sender may use for so long what it has read of the register: half of a claim.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>And for so long what it knows of directory, addresses and calendar, which it may have kept for 20 seconds.</summary>
    public static readonly TimeSpan Known = TimeSpan.FromSeconds(80);

    /// <summary>A run of the chase may sleep for so long between reading and planning.</summary>
    public static readonly TimeSpan Sleep = TimeSpan.FromHours(6);

    /// <summary>On so many working days on which a whole run of the chase went well and nothing held it back, a step that is due must have been taken by SendGrid.</summary>
    public const int GoodDays = 5;
}
