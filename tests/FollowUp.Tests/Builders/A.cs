using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Tests.Builders;

/// <summary>Valid values; a test changes only what it is about.</summary>
internal static class A
{
    public static OrganisationId OrganisationId(string id) => FollowUp.Organisations.OrganisationId.Parse(id, null);

    public static RecommendationId RecommendationId(string id) => FollowUp.Recommendations.RecommendationId.Parse(id, null);

    public static Contact Contact(string name, ContactRole role = ContactRole.Main, string domain = "bgsw.example") =>
        new(name, EmailAddress.Parse($"{name.ToLowerInvariant().Replace(' ', '.')}@{domain}", null), role);

    public static Organisation Organisation(string id = "bgsw-crc", string name = "Bristol, Gloucestershire, Somerset & Wiltshire CRC", OrganisationKind kind = OrganisationKind.Crc, string? escalatesTo = null, params IReadOnlyList<Contact> contacts) => new()
    {
        Id = OrganisationId(id),
        Name = name,
        Kind = kind,
        EscalatesTo = escalatesTo is null ? null : OrganisationId(escalatesTo),
        Contacts = contacts.Count > 0 ? contacts : [Contact("Dana Main")],
    };

    public static Inspection Inspection(string id = "gloucestershire-2017-08", string area = "Gloucestershire", DateOnly? publishedOn = null, string? title = null) => new()
    {
        Id = InspectionId.Parse(id, null),
        Title = title ?? $"Quality & Impact inspection: the effectiveness of probation work in {area}",
        Area = area,
        Programme = "Quality & Impact",
        PublishedOn = publishedOn ?? new(2017, 8, 31),
        LeadInspector = new Person("Ines Lead", EmailAddress.Parse("ines.lead@inspectorate.example", null)),
        Stage = InspectionStage.Issued,
        IssuedOn = publishedOn ?? new(2017, 8, 31),
        CreatedAt = new DateTimeOffset(2017, 8, 30, 9, 0, 0, TimeSpan.Zero),
    };

    public static Ask Ask(AskKind kind = AskKind.Response, DateOnly? dueOn = null, DateOnly? openedOn = null, int lastStep = 0) => new()
    {
        Kind = kind,
        OpenedOn = openedOn ?? new(2017, 8, 31),
        DueOn = dueOn ?? new(2017, 9, 28),
        OriginalDueOn = dueOn ?? new(2017, 9, 28),
        Ladder = new LadderPosition { LastStep = lastStep, StepsAfter = openedOn ?? new(2017, 8, 31), FirstAcceptedOn = openedOn ?? new(2017, 8, 31) },
    };

    public static Recommendation Recommendation(string id = "gloucestershire-2017-08/1", string text = "Reduce individual caseloads to manageable levels.", string organisation = "bgsw-crc", Ask? ask = null, Answer? answer = null) => new()
    {
        Id = RecommendationId(id),
        OrganisationId = OrganisationId(organisation),
        Text = text,
        Status = answer is null ? RecommendationStatus.AwaitingResponse : RecommendationStatus.InProgress,
        PublishedOn = new(2017, 8, 31),
        IssuedOn = new(2017, 8, 31),
        Ask = ask ?? Ask(),
        Answer = answer,
    };

    public static Answerer Answerer { get; } = new("Dana Main", "Head of Performance", "dana.main@bgsw.example");

    public static Answer Answer(Position position = Position.Agreed, params IReadOnlyList<PlannedAction> actions) => new()
    {
        Position = position,
        Actions = actions,
        AgreedPart = position == Position.PartlyAgreed ? "We agree to review how work is given to case managers." : null,
        Reason = position == Position.Agreed ? null : "The contract sets the number of staff we can pay for.\n\nWe have asked for it to be changed.",
        By = Answerer,
        At = new DateTimeOffset(2017, 9, 20, 13, 5, 0, TimeSpan.Zero),
        DueOn = new(2017, 9, 28),
    };

    public static PlannedAction Action(int number = 1, string step = "Recruit eight case managers for the Gloucestershire offices.", string who = "Director of Operations", DateOnly? targetOn = null, ActionProgress progress = ActionProgress.NotStarted) => new()
    {
        Number = number,
        Step = step,
        Who = who,
        TargetOn = targetOn ?? new(2017, 11, 30),
        OriginalTargetOn = targetOn ?? new(2017, 11, 30),
        Progress = progress,
    };

    public static Message Message(string mid = "0123456789abcdef0123456789abcdef", MessageKind kind = MessageKind.Reminder) => new()
    {
        Mid = mid,
        OrganisationId = Gloucestershire.Crc.Id,
        Kind = kind,
        Recipient = new Recipient("Dana Main", EmailAddress.Parse("dana.main@bgsw.example", null), Relation.Own, ContactRole.Main, Gloucestershire.Crc.Id),
        Items = [new MessageItem(RecommendationId("gloucestershire-2017-08/1"), 1, 2)],
        On = new(2017, 9, 21),
        PlannedAt = new DateTimeOffset(2017, 9, 21, 8, 0, 0, TimeSpan.Zero),
    };
}
