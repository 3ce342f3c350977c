using FollowUp.Chasing.Letters;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Tests.Builders;

/// <summary>The inspection of 31 August 2017: three recommendations to the CRC, two to the NPS division, answers due on 28 September 2017.</summary>
internal static class Gloucestershire
{
    public const string Mailbox = "recommendations@inspectorate.example";

    public static readonly DateOnly PublishedOn = new(2017, 8, 31);

    public static readonly Inspection Inspection = A.Inspection();

    public static readonly Organisation Crc = A.Organisation(
        "bgsw-crc", "Bristol, Gloucestershire, Somerset & Wiltshire CRC", OrganisationKind.Crc, "working-links", A.Contact("Dana Main"), A.Contact("Sam Second", ContactRole.Second), A.Contact("Drew Director", ContactRole.Director));

    public static readonly Organisation Nps = A.Organisation(
        "nps-south-west", "NPS South West & South Central division", OrganisationKind.Nps, "hmpps", A.Contact("Noor Main", domain: "nps.example"), A.Contact("Nat Director", ContactRole.Director, "nps.example"));

    public static readonly Organisation WorkingLinks = A.Organisation(
        "working-links", "Working Links", OrganisationKind.Owner, "hmpps", A.Contact("Wren Main", domain: "workinglinks.example"), A.Contact("Wyn Director", ContactRole.Director, "workinglinks.example"));

    public static readonly Organisation Hmpps = A.Organisation(
        "hmpps", "HM Prison and Probation Service", OrganisationKind.Hmpps, null, A.Contact("Hari Main", domain: "hmpps.example"), A.Contact("Hana Director", ContactRole.Director, "hmpps.example"));

    public static readonly OrganisationDirectory Directory = new([Crc, Nps, WorkingLinks, Hmpps]);

    private static readonly string[] Words =
    [
        "The CRC should reduce individual caseloads to manageable levels.",
        "The CRC should ensure that managers are allocated responsibilities which are reasonable and achievable, so that they can support frontline staff.",
        "The CRC should improve unpaid work arrangements.",
        "The NPS should develop a clear strategy to deliver rehabilitation activity requirements effectively.",
        "The NPS should ensure that work to protect the public and manage risk of harm is reviewed appropriately in all cases.",
    ];

    public static Recommendation Recommendation(int number, Ask? ask = null, Answer? answer = null) =>
        A.Recommendation($"{Inspection.Id}/{number}", Words[number - 1], (number <= 3 ? Crc : Nps).Id.ToString(), ask, answer);

    /// <summary>A recommendation that has come to a step of the ladder.</summary>
    public static LetterItem At(int step, int number) =>
        new(Recommendation(number, A.Ask(lastStep: step)), Inspection, Ladder.Default.Find(step));

    /// <summary>The CRC's three recommendations at a step.</summary>
    public static LetterItem[] CrcAt(int step) => [At(step, 1), At(step, 2), At(step, 3)];

    /// <summary>Facts of a letter to the CRC's main contact.</summary>
    public static LetterFacts Facts(DateOnly today, params IReadOnlyList<LetterItem> items) => new()
    {
        Recipient = To(Crc, Relation.Own, ContactRole.Main),
        Organisation = Crc,
        OrganisationDirectory = Directory,
        Items = items,
        Today = today,
        Calendar = WorkingCalendar.Published,
        Ladder = Ladder.Default,
        InspectorateName = "HM Inspectorate of Probation",
        Link = new Uri("https://followup.example/reply/Zm9sbG93dXAtdGVzdC10b2tlbi0wMTIzNDU2Nzg5YWI"),
    };

    /// <summary>Facts of a letter about something that happened.</summary>
    public static LetterFacts Facts<T>(DateOnly today, LetterItem item, T what)
        where T : notnull => Facts(today, item) with { Letter = Letters.Of(what) };

    public static LetterFacts ToOwn(this LetterFacts facts, ContactRole role) => facts with { Recipient = To(facts.Organisation, Relation.Own, role) };

    public static LetterFacts ToAbove(this LetterFacts facts, Organisation above) => facts with { Recipient = To(above, Relation.Upward, ContactRole.Main) };

    public static LetterFacts ToStaff(this LetterFacts facts) => facts with
    {
        Recipient = new Recipient(Inspection.LeadInspector.Name, Inspection.LeadInspector.Email, Relation.Staff),
        Link = new Uri("https://followup.example/staff/organisations/bgsw-crc"),
    };

    /// <summary>The letter as its recipient gets it.</summary>
    public static RenderedEmail Render(this EmailContent letter, LetterFacts facts) => EmailRenderer.Render(letter, new EmailFrame(facts.InspectorateName, Mailbox));

    private static Recipient To(Organisation organisation, Relation relation, ContactRole role)
    {
        var contact = organisation.Contacts.First(c => c.Role == role);
        return new Recipient(contact.Name, contact.Email, relation, role, organisation.Id);
    }
}
