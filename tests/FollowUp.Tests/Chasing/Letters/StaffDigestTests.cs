using FollowUp.Chasing;
using FollowUp.Chasing.Letters;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Chasing.Letters;

/// <summary>The letters that are about no recommendation of theirs, whole, as their recipients get them.</summary>
public sealed class StaffDigestTests
{
    private static readonly DateOnly Morning = new(2017, 10, 9);
    private static readonly Person Lead = Gloucestershire.Inspection.LeadInspector;

    private static readonly DigestThing Bounced = new(
        DigestSection.Tasks,
        "Find a working address for Dana Main, and send it again. An email of 5 October 2017 bounced. Nothing more goes to dana.main@bgsw.example. The deadline stays as it is.",
        new(2017, 10, 5),
        Lead);

    private static readonly DigestThing Held = new(
        DigestSection.Tasks, "Check what is to be sent today, and release it or leave it for tomorrow. No more than 2000 chasing emails are sent on a day. What is planned is sent; nothing more is planned today.", Morning, null);

    private static readonly Dictionary<string, Func<StaffDigest>> Digests = new()
    {
        ["staff-digest"] = () => StaffDigest.Of(Morning, [Held, Bounced, .. About(Gloucestershire.Recommendation(1, A.Ask(lastStep: 5))), .. About(Answered()), .. About(AsksForTime())]),
        ["staff-digest-of-one-each"] = () => StaffDigest.Of(Morning, [Bounced, .. About(Gloucestershire.Recommendation(1, A.Ask(lastStep: 5))), .. About(Answered())]),
        ["staff-digest-of-tasks"] = () => StaffDigest.Of(Morning, [Held, Bounced]),
        ["staff-digest-of-reviews"] = () => StaffDigest.Of(Morning, [.. About(Reported())]),
        ["staff-digest-with-a-hold"] = () => StaffDigest.Of(Morning, [.. About(UpwardHeld())]),
        ["staff-digest-of-many"] = () => StaffDigest.Of(Morning, [.. Enumerable.Range(0, 45).Select(i => new DigestThing(DigestSection.Overdue, $"Recommendation {i + 1} of An inspection, An organisation: due {Morning.AddDays(i - 60):d MMMM yyyy}, {46 - i} working days ago", Morning.AddDays(i - 60), Lead))]),
    };

    public static TheoryData<string> Names => [.. Digests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_digest_is_as_approved(string name) =>
        Approved(name, StaffDigestLetter.Write(Digests[name](), Lead.Name, new Uri("https://followup.example/staff")));

    [Fact]
    public void The_letter_about_changed_contacts_is_as_approved() => Approved("contacts-changed", ContactsChangedLetter.Write(
        new FollowUp.Recommendations.Letters.ContactsChanged(
            "Tom Ellery",
            new DateTimeOffset(2017, 9, 14, 9, 30, 0, TimeSpan.Zero),
            ["Contact taken out: Sam Second (sam.second@bgsw.example), second contact.", "Contact added: Sal Second (sal.second@bgsw.example), second contact from 18 September 2017."]),
        "Dana Main",
        Gloucestershire.Crc.Name,
        "HM Inspectorate of Probation"));

    [Fact]
    public void Every_line_about_what_goes_up_says_what_staff_can_do_in_whole_sentences()
    {
        var line = Assert.Single(About(Gloucestershire.Recommendation(1, A.Ask(lastStep: 5))), t => t.Section == DigestSection.Upward).Text;

        Assert.EndsWith("“Escalation” goes to Wren Main, Wyn Director on 12 October 2017. You can hold, extend or pause it before then.", line, StringComparison.Ordinal);
    }

    private static void Approved(string name, EmailContent content)
    {
        var email = EmailRenderer.Render(content, new EmailFrame("HM Inspectorate of Probation", "recommendations@inspectorate.example"));
        Assert.Multiple(
            () => Approve.File($"Letters/{name}.txt", $"Subject: {email.Subject}\n\n{email.Text}"),
            () => Approve.File($"Letters/{name}.html", email.Html));
    }

    private static IEnumerable<DigestThing> About(Recommendation state) => DigestRule.About(
        state,
        Gloucestershire.Directory.Find(state.OrganisationId)!,
        Gloucestershire.Inspection,
        new ChaseContext(Situations.On(Morning), SuspendedAddresses.None, new Person("Recommendations", EmailAddress.Parse("recommendations@inspectorate.example", null)), (_, _) => Task.FromResult(Gloucestershire.Inspection)), []);

    private static Recommendation Answered() => Gloucestershire.Recommendation(2, A.Ask(lastStep: 2) with { ClosedOn = new(2017, 9, 20) }, A.Answer()) with { Status = RecommendationStatus.Responded };

    private static Recommendation Reported() => Gloucestershire.Recommendation(4, A.Ask(AskKind.Progress, lastStep: 2) with { ClosedOn = new(2017, 10, 5) }, A.Answer()) with { Status = RecommendationStatus.ReportedComplete };

    private static Recommendation AsksForTime() => Gloucestershire.Recommendation(3, A.Ask(lastStep: 5)) with
    {
        TimeRequest = new TimeRequest(new(2017, 10, 31), "The posts are being filled.", A.Answerer, new DateTimeOffset(2017, 10, 6, 10, 0, 0, TimeSpan.Zero)),
    };

    private static Recommendation UpwardHeld() => UpwardCommands.Hold(Gloucestershire.Recommendation(5, A.Ask(lastStep: 5)), Situations.On(Morning), new(2017, 10, 12), "The division is writing it now.").Value!.State;
}
