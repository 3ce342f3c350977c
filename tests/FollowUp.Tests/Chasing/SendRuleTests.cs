using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

public sealed class SendRuleTests
{
    private static readonly DateOnly Today = new(2017, 9, 21);
    private static readonly DateTimeOffset Now = LondonTime.At(Today, new(9, 0));
    private static readonly DateTimeOffset Real = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly Recipient Dana = A.Message().Recipient;
    private static readonly Person[] Inspectorate = [Gloucestershire.Inspection.LeadInspector];

    [Theory]
    [InlineData(MessageStatus.Pending, "Send")]
    [InlineData(MessageStatus.Unknown, "Send")]
    [InlineData(MessageStatus.Planning, "Leave")]
    [InlineData(MessageStatus.Accepted, "Leave")]
    [InlineData(MessageStatus.Failed, "Leave")]
    [InlineData(MessageStatus.Withdrawn, "Leave")]
    [InlineData(MessageStatus.Withheld, "Leave")]
    [InlineData(MessageStatus.Cancelled, "Leave")]
    public void Only_what_waits_is_sent(MessageStatus status, string decision) => Assert.Equal(decision, Decide(A.Message() with { Status = status }));

    [Theory]
    [InlineData(-1, "MarkUnknown")]
    [InlineData(0, "Leave")]
    [InlineData(1, "Leave")]
    public void A_claim_is_left_alone_until_its_lease_has_lapsed(int seconds, string decision) =>
        Assert.Equal(decision, Decide(A.Message() with { Status = MessageStatus.Claimed, LeaseUntil = Real.AddSeconds(seconds) }));

    [Theory]
    [InlineData(-1, "Send")]
    [InlineData(0, "Send")]
    [InlineData(1, "Leave")]
    public void Nothing_is_sent_before_its_moment(int seconds, string decision) =>
        Assert.Equal(decision, Decide(A.Message() with { NotBefore = Now.AddSeconds(seconds) }));

    [Theory]
    [InlineData(1, "Send")]
    [InlineData(2, "GiveUp")]
    public void An_unknown_outcome_has_one_resend(int attempts, string decision) =>
        Assert.Equal(decision, Decide(A.Message() with { Status = MessageStatus.Unknown, Attempts = attempts }));

    [Fact]
    public void A_chasing_message_lives_one_day_and_keeps_the_hours()
    {
        Assert.Equal("Leave", Decide(A.Message() with { On = Today.AddDays(-1) }));
        Assert.Equal("Leave", Decide(A.Message(), mayChase: false));
        Assert.Equal("Leave", Decide(A.Message() with { On = Today.AddDays(-1), Status = MessageStatus.Unknown, Attempts = 1 }));
        Assert.Equal("Send", Decide(A.Message() with { Status = MessageStatus.Unknown, Attempts = 1 }));
        Assert.Equal("Leave", Decide(A.Message() with { Status = MessageStatus.Unknown, Attempts = 1 }, mayChase: false));
    }

    [Theory]
    [InlineData(MessageKind.Change)]
    [InlineData(MessageKind.Receipt)]
    [InlineData(MessageKind.Code)]
    [InlineData(MessageKind.Decision)]
    [InlineData(MessageKind.Link)]
    public void Receipts_codes_decisions_and_new_links_go_at_once(MessageKind kind) =>
        Assert.Equal("Send", Decide(A.Message() with { Kind = kind, On = Today.AddDays(-3) }, mayChase: false));

    [Fact]
    public void What_changed_since_planning_is_dropped()
    {
        var item = new MessageItem(A.RecommendationId("gloucestershire-2017-08/1"), 1, 2);
        var state = A.Recommendation(ask: A.Ask(lastStep: 2));

        Assert.True(SendRule.StillHolds(item, state, Dana, chasing: true, Ladder.Default, Today));
        Assert.False(SendRule.StillHolds(item, null, Dana, chasing: true, Ladder.Default, Today));
        Assert.False(SendRule.StillHolds(item, state with { Ask = state.Ask with { ClosedOn = Today } }, Dana, chasing: true, Ladder.Default, Today));
        Assert.False(SendRule.StillHolds(item, state with { Ask = state.Ask with { Version = 2 } }, Dana, chasing: true, Ladder.Default, Today));
        Assert.False(SendRule.StillHolds(item, state with { Ask = state.Ask with { PausedOn = Today, PausedUntil = Today } }, Dana, chasing: true, Ladder.Default, Today));
        Assert.False(SendRule.StillHolds(item, A.Recommendation(ask: A.Ask(lastStep: 3)), Dana, chasing: true, Ladder.Default, Today));
        Assert.True(SendRule.StillHolds(item with { Step = null }, state with { Ask = state.Ask with { ClosedOn = Today } }, Dana, chasing: false, Ladder.Default, Today));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public void What_staff_hold_is_dropped_if_it_goes_up(int step, bool holds)
    {
        var state = A.Recommendation(ask: A.Ask(lastStep: step));
        var held = state with { Ask = state.Ask with { Ladder = state.Ask.Ladder with { UpwardHeldUntil = Today } } };
        var item = new MessageItem(state.Id, 1, step);

        Assert.True(SendRule.StillHolds(item, state, Dana, chasing: true, Ladder.Default, Today));
        Assert.Equal(holds, SendRule.StillHolds(item, held, Dana, chasing: true, Ladder.Default, Today));
        Assert.True(SendRule.StillHolds(item, held, Dana, chasing: true, Ladder.Default, Today.AddDays(1)));
    }

    [Theory]
    [InlineData(3, Relation.Own, ContactRole.Director, true)]
    [InlineData(4, Relation.Own, ContactRole.Main, true)]
    [InlineData(4, Relation.Own, ContactRole.Second, true)]
    [InlineData(4, Relation.Own, ContactRole.Director, false)]
    [InlineData(4, Relation.Upward, ContactRole.Main, false)]
    [InlineData(3, Relation.Upward, ContactRole.Main, false)]
    [InlineData(0, Relation.Upward, ContactRole.Director, false)]
    [InlineData(4, Relation.Staff, null, true)]
    [InlineData(6, Relation.Staff, null, false)]
    public void What_goes_up_since_others_cannot_be_reached_is_held_as_well(int step, Relation relation, ContactRole? role, bool holds)
    {
        var state = A.Recommendation(ask: A.Ask(lastStep: step));
        var held = state with { Ask = state.Ask with { Ladder = state.Ask.Ladder with { UpwardHeldUntil = Today } } };
        var (item, to) = (new MessageItem(state.Id, 1, step), Dana with { Relation = relation, Role = role });

        Assert.True(SendRule.StillHolds(item, state, to, chasing: true, Ladder.Default, Today));
        Assert.Equal(holds, SendRule.StillHolds(item, held, to, chasing: true, Ladder.Default, Today));
        Assert.Equal(!holds, SendRule.IsHeldBack(item, held, to, chasing: true, Ladder.Default, Today));
        Assert.True(SendRule.StillHolds(item, held, to, chasing: true, Ladder.Default, Today.AddDays(1)));
    }

    [Fact]
    public void Of_the_inspectorate_the_present_lead_inspector_is_written_to_and_the_mailbox()
    {
        var lead = Gloucestershire.Inspection.LeadInspector;
        var other = new Person("Lena Later", EmailAddress.Parse("lena.later@inspectorate.example", null));
        var toLead = A.Message(kind: MessageKind.Escalation) with { Recipient = new Recipient(lead.Name, lead.Email, Relation.Staff) };

        Assert.Null(SendRule.WhyNot(toLead, [other, lead], Gloucestershire.Directory, SuspendedAddresses.None, Today));
        Assert.Equal("The recipient no longer leads the inspection.", SendRule.WhyNot(toLead, [other], Gloucestershire.Directory, SuspendedAddresses.None, Today));
        Assert.Null(SendRule.WhyNot(toLead with { Items = [], Kind = MessageKind.StaffDigest }, [other], Gloucestershire.Directory, SuspendedAddresses.None, Today));
    }

    [Fact]
    public void A_digest_whose_gravest_items_have_fallen_out_is_called_after_those_that_are_left()
    {
        var message = A.Message(kind: MessageKind.Escalation);

        Assert.Equal(MessageKind.Reminder, ClaimMessage.KindOf(message, [new(A.RecommendationId("gloucestershire-2017-08/1"), 1, 2)], Ladder.Default));
        Assert.Equal(MessageKind.Overdue, ClaimMessage.KindOf(message, [new(A.RecommendationId("gloucestershire-2017-08/1"), 1, 2), new(A.RecommendationId("gloucestershire-2017-08/2"), 1, 4)], Ladder.Default));
        Assert.Equal(MessageKind.Decision, ClaimMessage.KindOf(message with { Kind = MessageKind.Decision }, [new(A.RecommendationId("gloucestershire-2017-08/1"), 1)], Ladder.Default));
    }

    [Fact]
    public void Nobody_is_written_to_who_is_suspended_or_no_longer_a_contact()
    {
        var dana = A.Message();
        var gone = new OrganisationDirectory([Gloucestershire.Crc with { Contacts = [Gloucestershire.Crc.Contacts[1]] }]);
        var left = new OrganisationDirectory([Gloucestershire.Crc with { Contacts = [Gloucestershire.Crc.Contacts[0] with { Until = Today.AddDays(-1) }] }]);

        Assert.Null(SendRule.WhyNot(dana, Inspectorate, Gloucestershire.Directory, SuspendedAddresses.None, Today));
        Assert.Equal("The address is suspended.", SendRule.WhyNot(dana, Inspectorate, Gloucestershire.Directory, new SuspendedAddresses([new(dana.Recipient.Email, default, "It bounced.", null)], []), Today));
        Assert.NotNull(SendRule.WhyNot(dana, Inspectorate, gone, SuspendedAddresses.None, Today));
        Assert.NotNull(SendRule.WhyNot(dana, Inspectorate, left, SuspendedAddresses.None, Today));
    }

    [Fact]
    public void Nobody_is_written_to_whose_organisation_stands_above_no_longer_or_has_ended()
    {
        var wren = Gloucestershire.WorkingLinks.Contacts[0];
        var up = A.Message(kind: MessageKind.Escalation) with { Recipient = new Recipient(wren.Name, wren.Email, Relation.Upward, wren.Role, Gloucestershire.WorkingLinks.Id) };
        var staff = up with { Recipient = new Recipient("Ines Lead", EmailAddress.Parse("ines.lead@inspectorate.example", null), Relation.Staff) };

        Assert.Null(SendRule.WhyNot(up, Inspectorate, Gloucestershire.Directory, SuspendedAddresses.None, Today));
        Assert.NotNull(SendRule.WhyNot(up, Inspectorate, With(Gloucestershire.Crc with { EscalatesTo = Gloucestershire.Hmpps.Id }), SuspendedAddresses.None, Today));
        Assert.NotNull(SendRule.WhyNot(up, Inspectorate, With(Gloucestershire.WorkingLinks with { Until = Today.AddDays(-1) }), SuspendedAddresses.None, Today));
        Assert.Null(SendRule.WhyNot(up, Inspectorate, With(Gloucestershire.WorkingLinks with { Until = Today }), SuspendedAddresses.None, Today));
        Assert.Null(SendRule.WhyNot(staff, Inspectorate, With(Gloucestershire.Crc with { EscalatesTo = null }), SuspendedAddresses.None, Today));

        static OrganisationDirectory With(Organisation changed) => new([.. Gloucestershire.Directory.All.Where(o => o.Id != changed.Id), changed]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 15)]
    [InlineData(400, 15)]
    public void Refusals_for_now_are_tried_again_after_one_to_fifteen_minutes(int refusals, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), SendRule.Backoff(refusals));

    [Theory]
    [InlineData("2017-09-21T06:59:59Z", false)] // 07:59:59 in London
    [InlineData("2017-09-21T07:00:00Z", true)]
    [InlineData("2017-09-21T16:59:59Z", true)]
    [InlineData("2017-09-21T17:00:00Z", false)]
    [InlineData("2017-11-21T07:59:59Z", false)] // Winter time
    [InlineData("2017-11-21T08:00:00Z", true)]
    [InlineData("2017-11-21T17:59:59Z", true)]
    [InlineData("2017-11-21T18:00:00Z", false)]
    [InlineData("2017-09-23T10:00:00Z", false)] // Saturday
    [InlineData("2017-08-28T10:00:00Z", false)] // Bank holiday
    public void Chasing_keeps_working_days_and_hours_in_London(string moment, bool may) =>
        Assert.Equal(may, new ChasingSettings().MaySendAt(DateTimeOffset.Parse(moment, null), WorkingCalendar.Published));

    [Theory]
    [InlineData("00:00-24:00", "2017-09-23T22:59:59Z", true)]
    [InlineData("06:30-07:00", "2017-09-23T05:29:59Z", false)]
    [InlineData("06:30-07:00", "2017-09-23T05:30:00Z", true)]
    [InlineData("06:30-07:00", "2017-09-23T06:00:00Z", false)]
    public void The_hours_and_the_days_are_settings(string hours, string moment, bool may) =>
        Assert.Equal(may, new ChasingSettings { WorkingDaysOnly = false, Hours = hours }.MaySendAt(DateTimeOffset.Parse(moment, null), WorkingCalendar.Published));

    private static string Decide(Message message, bool mayChase = true) => SendRule.Decide(message, Now, Real, Today, mayChase).ToString();
}
