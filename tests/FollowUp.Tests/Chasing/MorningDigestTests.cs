using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>The morning's word to staff.</summary>
public sealed class MorningDigestTests : IDisposable
{
    private static readonly DateOnly Overdue = WorkingCalendar.Published.Add(Gloucestershire.PublishedOn, 21);
    private readonly CalmWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_digest_that_failed_is_sent_by_the_next_chase_and_once()
    {
        world.World.Issue("digest-2017-08", 1, 0, world.Today);
        world.MoveTo(Overdue, 9, 0);
        world.World.Tables["Worklists"].Fails = true;
        Assert.NotEmpty(world.Do(() => world.The<SendStaffDigest>().RunAsync(default)));
        Assert.Empty(Digests());
        Assert.NotEmpty(Last()!.Failures);

        world.World.Tables["Worklists"].Fails = false;
        world.MoveTo(Overdue, 9, 20);
        Assert.Empty(CatchUp());
        Assert.Empty(Digests());
        world.MoveTo(Overdue, 9, 40);
        Assert.Empty(CatchUp());

        Assert.Equal(2, Digests().Count);
        Assert.Equal((2, false), (Last()!.Planned, Last()!.IsUnfinished));
        world.MoveTo(Overdue, 16, 0);
        Assert.Empty(CatchUp());
        Assert.Empty(world.Do(() => world.The<SendStaffDigest>().RunAsync(default)));
        Assert.Equal(2, Digests().Count);
        Assert.Equal(2, Last()!.Planned);
    }

    [Fact]
    public void A_digest_whose_timer_was_missed_is_sent_on_its_day_and_not_on_a_weekend()
    {
        world.World.Issue("digest-2017-08", 1, 0, world.Today);
        world.MoveTo(Overdue, 9, 10);
        CatchUp();
        Assert.Equal(2, Digests().Count);

        Assert.Equal(DayOfWeek.Friday, Overdue.DayOfWeek);
        world.MoveTo(Overdue.AddDays(1), 9, 10);
        CatchUp();

        Assert.Equal(2, Digests().Count);
    }

    [Fact]
    public void A_lead_inspector_is_told_of_what_keeps_an_organisation_from_being_reached()
    {
        world.World.Issue("digest-2017-08", 1, 0, world.Today);
        world.Chase();
        var main = world.Messages(Gloucestershire.Crc.Id).First(m => m.Recipient.Relation == Relation.Own);
        world.Do(() => world.The<SendGridWebhook>().RunAsync([new SendGridEvent(main.Mid, "bounce", "e1", "bounce", null, null)], default));
        Assert.Null(Assert.Single(world.OpenTasks()).Recommendation);

        world.MoveTo(WorkingCalendar.Published.Add(world.Today, 1));
        world.Do(() => world.The<SendStaffDigest>().RunAsync(default));

        Assert.Equal(["ines.lead@inspectorate.example", "mailbox@inspectorate.example"], Digests().Select(m => m.Recipient.Email.ToString()).Order());
        Assert.All(Digests(), m => Assert.Contains("Find a working address for", m.Letter!.Facts.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2017-09-29T08:04:59Z", null, false, false)]
    [InlineData("2017-09-29T08:05:00Z", null, false, true)]
    [InlineData("2017-12-01T08:05:00Z", null, false, true)]
    [InlineData("2017-09-29T08:05:00Z", "2017-09-28T08:00:00Z", true, true)]
    [InlineData("2017-09-29T08:05:00Z", "2017-09-29T08:00:00Z", false, false)]
    [InlineData("2017-09-29T08:29:59Z", "2017-09-29T08:00:00Z", true, false)]
    [InlineData("2017-09-29T08:30:00Z", "2017-09-29T08:00:00Z", true, true)]
    public void The_chase_catches_up_when_the_timer_has_had_its_time(string now, string? last, bool unfinished, bool due) =>
        Assert.Equal(due, CatchUpRule.IsDue(last is null ? null : new JobRun { Job = SendStaffDigest.Job, StartedAt = At(last), FinishedAt = At(last), IsUnfinished = unfinished }, At(now)));

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);

    private IReadOnlyList<string> CatchUp() => world.Do(() => world.The<SendStaffDigest>().CatchUpAsync(default));

    private JobRun? Last() => world.Do(() => world.The<RunsTable>().FindAsync(SendStaffDigest.Job, [], default));

    private IReadOnlyList<Message> Digests() => world.Messages(OrganisationId.Staff);
}
