using System.Globalization;
using FollowUp.Tests.Simulation.Model;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation;

/// <summary>What a simulated year has come to.</summary>
/// <param name="Waited">How many steps waited for none, one, two … good working days.</param>
internal sealed record YearResult(int Seed, IReadOnlyList<string> Broken, int Emails, int Twice, int Losses, int Cut, long Operations, IReadOnlyDictionary<string, int> Faults, IReadOnlyList<int> Waited, int HeldDays);

/// <summary>One year of the service with everything that may go wrong, drawn from a seed.</summary>
internal sealed class SimYear : IDisposable
{
    private const int CalmDays = 12;
    private const int Days = 365;
    private const int DaysOfALargeIssue = 45;
    private readonly int seed;
    private readonly SimWorld world;
    private readonly Promise promise;
    private readonly SimPeople people;
    private readonly SimOffice office;
    private readonly SimRuns runs;
    private readonly List<string> story = [];

    public SimYear(int seed)
    {
        this.seed = seed;
        var random = new Random(seed);
        var firstDay = new DateOnly(2017 + random.Next(9), random.Next(1, 13), random.Next(1, 28));
        world = new SimWorld(seed, LondonTime.At(firstDay, new TimeOnly(7, 0)), Settings());
        promise = new Promise(world);
        runs = new SimRuns(world, promise);
        people = new SimPeople(world, runs);
        office = new SimOffice(world, promise.Ledger);
    }

    /// <summary>One year in fifty begins with more than a transaction can hold, and is short.</summary>
    private bool IsLarge => seed % 50 == 13;

    private DateOnly Today => world.Clock.UtcNow.LondonDate();

    public YearResult Run()
    {
        world.LoadDirectory();
        var first = Today;
        Issue("first-one", first);
        world.Faults.On = true;
        var days = IsLarge ? DaysOfALargeIssue : Days;
        for (var day = 0; day < days; day++)
        {
            Day(first.AddDays(day), day);
        }

        world.Faults.On = false;
        world.SendGrid.DownUntil = world.Random.Next(2) == 0 ? LondonTime.At(first.AddDays(days + 1), default) : default;
        office.Calm();
        runs.Sweep();
        for (var day = 0; day < CalmDays; day++)
        {
            CalmDay(first.AddDays(days + day));
        }

        promise.CheckTheEnd();
        if (Environment.GetEnvironmentVariable("SIMULATION_STORY") is { Length: > 0 } id)
        {
            story.AddRange(SimStory.Of(id, world));
        }

        return new YearResult(seed, [.. promise.Broken, .. runs.Failures, .. story], promise.ChasingEmails, promise.Twice, world.Faults.Losses, world.SendGrid.Cut, world.Faults.Operations, world.Faults.Counted, promise.Waited, promise.Limits.HeldDays);
    }

    public void Dispose() => world.Dispose();

    /// <summary>No limit that is ever reached; a cap that only a leak can reach; one that is reached; days that are unusual.</summary>
    private Dictionary<string, string?> Settings()
    {
        var (cap, least, times) = (seed % 4) switch
        {
            1 when !IsLarge => (30, 1_000_000, 10),
            2 => (seed % 8 < 4 ? 10 : 5, 1_000_000, 10),
            3 => (1_000_000, 9, 3),
            _ => (1_000_000, 1_000_000, 10),
        };
        return new()
        {
            ["Chasing:DailyCap"] = cap.ToString(CultureInfo.InvariantCulture),
            ["Chasing:HoldLeast"] = least.ToString(CultureInfo.InvariantCulture),
            ["Chasing:HoldTimesMedian"] = times.ToString(CultureInfo.InvariantCulture),
            ["Chasing:AtOnce"] = "1",
        };
    }

    private void Issue(string id, DateOnly day)
    {
        var random = world.Random;
        if (IsLarge)
        {
            world.Issue(id, 60, 0, day);
            world.Issue(id + "-2", 55, 1, day);
            return;
        }

        var most = random.Next(6) == 0 ? 10 : 3;
        world.Issue(id, random.Next(1, most + 1), random.Next(0, most), day.AddDays(-random.Next(0, 20)));
    }

    private void Day(DateOnly day, int number)
    {
        var random = world.Random;
        world.Clock.AdvanceTo(LondonTime.At(day, new TimeOnly(6, 0)));
        office.Begin(day);
        if (number is 60 or 200)
        {
            Issue($"another-{number}", day);
        }

        if (random.Next(60) == 0)
        {
            world.SendGrid.DownUntil = LondonTime.At(day, new TimeOnly(7, 0)).AddHours(random.Next(1, 24 * 9));
        }

        world.SendGrid.WebhooksAreLost = random.Next(30) == 0;
        if (random.Next(8) == 0)
        {
            runs.Sweep();
        }

        // Sometimes the timer is late, is lost, or fires twice at once; where nothing is due it is heard only now and then
        runs.IsGood = false;
        var moments = Enumerable.Range(0, WorkDays.Published.Has(day) ? random.Next(1, 4) : random.Next(0, 2))
            .Select(_ => LondonTime.At(day, new TimeOnly(random.Next(7, 19), random.Next(60)))).Order().ToList();
        foreach (var moment in moments)
        {
            world.Clock.AdvanceTo(moment);
            if (random.Next(25) == 0)
            {
                people.DoSomething(day);
            }

            if (promise.IsAnythingDue || random.Next(6) == 0)
            {
                runs.Chase(random.Next(6) == 0 ? 2 : 1);
                ReleaseIfHeld(day, oneIn: 3);
            }
        }

        promise.EndOfDay(day, runs.IsGood);
    }

    private void CalmDay(DateOnly day)
    {
        runs.IsGood = false;
        foreach (var hour in new[] { 9, 14 })
        {
            world.Clock.AdvanceTo(LondonTime.At(day, new TimeOnly(hour, 0)));
            runs.Chase(1);
            ReleaseIfHeld(day, oneIn: 1);
        }

        promise.EndOfDay(day, runs.IsGood);
    }

    private void ReleaseIfHeld(DateOnly day, int oneIn)
    {
        if (Today == day && promise.Limits.IsHeld(day) && world.Random.Next(oneIn) == 0)
        {
            office.Release(day, promise.Limits, 100);
            runs.Chase(1);
        }
    }
}
