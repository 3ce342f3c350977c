using FollowUp.Chasing.Letters;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Infrastructure;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Tests.Chasing.Letters;

/// <summary>Every letter, whole, as its recipient gets it.</summary>
public sealed class LetterTests
{
    private static readonly EarlierEmail[] SoFar =
    [
        new(new(2017, 8, 31), "Notice"), new(new(2017, 9, 14), "First reminder"), new(new(2017, 9, 21), "Second reminder"),
        new(new(2017, 9, 27), "Last call"), new(new(2017, 9, 29), "Overdue"), new(new(2017, 10, 5), "Overdue, to the director"),
    ];

    private static readonly PlannedAction[] TwoActions =
    [
        A.Action(), A.Action(2, "Give every manager a written list of responsibilities, agreed with them.", "Head of Performance", new(2017, 12, 15)),
    ];

    private static string Words => Gloucestershire.Recommendation(1).Text;

    private static RecommendationId First => Gloucestershire.Recommendation(1).Id;

    internal static IReadOnlyDictionary<string, Func<LetterFacts>> Letters { get; } = new Dictionary<string, Func<LetterFacts>>
    {
        ["notice"] = () => Gloucestershire.Facts(Gloucestershire.PublishedOn, Gloucestershire.CrcAt(0)),
        ["notice-of-one"] = () => Gloucestershire.Facts(Gloucestershire.PublishedOn, Gloucestershire.At(0, 1)),
        ["first-reminder"] = () => Gloucestershire.Facts(new(2017, 9, 14), Gloucestershire.CrcAt(1)),
        ["last-call"] = () => Gloucestershire.Facts(new(2017, 9, 27), Gloucestershire.CrcAt(3)).ToOwn(FollowUp.Organisations.ContactRole.Second),
        ["overdue"] = () => Gloucestershire.Facts(new(2017, 9, 29), Gloucestershire.CrcAt(4)),
        ["overdue-to-the-director"] = () => Gloucestershire.Facts(new(2017, 10, 5), Gloucestershire.CrcAt(5)).ToOwn(FollowUp.Organisations.ContactRole.Director),
        ["escalation-to-working-links"] = () => Escalation().ToAbove(Gloucestershire.WorkingLinks),
        ["escalation-to-the-lead-inspector"] = () => Escalation().ToStaff(),
        ["last-escalation"] = () => Gloucestershire.Facts(new(2017, 11, 23), Resting(Gloucestershire.CrcAt(9))).ToAbove(Gloucestershire.Hmpps),
        ["mixed-digest"] = Mixed,
        ["progress-reminder"] = () => Gloucestershire.Facts(new(2017, 11, 16), Progress(1, A.Ask(AskKind.Progress, new(2017, 11, 30), new(2017, 9, 25), 1))),
        ["receipt-agreed"] = () => Event(new(2017, 9, 20), new Answered(First, Words, A.Answer(Position.Agreed, TwoActions))),
        ["receipt-partly-agreed"] = () => Event(new(2017, 9, 20), new Answered(First, Words, A.Answer(Position.PartlyAgreed, A.Action()))),
        ["receipt-not-agreed-late"] = () => Event(new(2017, 10, 3), new Answered(First, Words, A.Answer(Position.NotAgreed) with { Late = true, At = new DateTimeOffset(2017, 10, 3, 8, 30, 0, TimeSpan.Zero) })),
        ["receipt-of-an-update"] = () => Event(new(2017, 11, 29), new Updated(First, Words, Update())),
        ["receipt-of-an-update-with-evidence"] = () => Event(new(2017, 11, 29), new Updated(First, Words, WithEvidence(Update()))),
        ["accepted-with-progress-due"] = () => Event(new(2017, 9, 25), Progress(0, A.Ask(AskKind.Progress, new(2017, 11, 30), new(2017, 9, 25), 0)), new Accepted(First, Words, Judgement.Acceptable, "A clear plan. Please tell us when each case manager starts.", new(2017, 11, 30))),
        ["accepted"] = () => Event(new(2017, 9, 25), Nothing(new(2017, 9, 20)), new Accepted(First, Words, Judgement.AcceptableAlternative, null, null)),
        ["returned"] = () => Event(new(2017, 9, 25), Owing(new(2017, 10, 23), new(2017, 9, 25)), new Returned(First, Words, "The plan does not say how many cases a manager will have.", new(2017, 10, 23))),
        ["returned-and-changed-since"] = () => Event(new(2017, 9, 25), new LetterItem(Gloucestershire.Recommendation(1, Moved(new(2017, 11, 6), new(2017, 9, 25)) with { Ladder = new() { LastStep = -1 } }), Gloucestershire.Inspection, null), new Returned(First, Words, "The plan does not say how many cases a manager will have.", null)),
        ["verified-while-a-report-is-due"] = () => Event(new(2017, 12, 4), Progress(0, A.Ask(AskKind.Progress, new(2018, 1, 15), new(2017, 12, 4), 0)), new Verified(First, Words, ProgressJudgement.Good, "Six of eight posts are filled.", null)),
        ["verified"] = () => Event(new(2017, 12, 4), Progress(0, A.Ask(AskKind.Progress, new(2018, 1, 15), new(2017, 12, 4), 0)), new Verified(First, Words, ProgressJudgement.Insufficient, "Only two of eight posts are filled.", new(2018, 1, 15))),
        ["extended"] = () => Event(new(2017, 9, 22), new LetterItem(Gloucestershire.Recommendation(1, Moved(new(2017, 10, 12), new(2017, 9, 22))), Gloucestershire.Inspection, null), new Extended(First, Words, new(2017, 9, 28), new(2017, 10, 12), "The owner is changing the operating model this month.")),
        ["extended-during-a-pause"] = () => Event(new(2017, 9, 25), new LetterItem(Gloucestershire.Recommendation(1, Moved(new(2017, 10, 20), new(2017, 9, 25)) with { PausedUntil = new(2017, 10, 6) }), Gloucestershire.Inspection, null), new Extended(First, Words, new(2017, 9, 28), new(2017, 10, 20), "The owner is changing the operating model this month.", new(2017, 10, 6))),
        ["resumed-with-the-same-deadline"] = () => Event(new(2017, 10, 9), new LetterItem(Gloucestershire.Recommendation(1, Moved(new(2017, 10, 20), new(2017, 10, 9))), Gloucestershire.Inspection, null), new Resumed(First, Words, new(2017, 10, 20), new(2017, 10, 20))),
        ["paused"] = () => Event(new(2017, 9, 22), new Paused(First, Words, new(2017, 10, 6), "A serious further offence is being reviewed.", new(2017, 9, 28), new(2017, 10, 12))),
        ["resumed"] = () => Event(new(2017, 10, 9), new LetterItem(Gloucestershire.Recommendation(1, Moved(new(2017, 10, 12), new(2017, 10, 9))), Gloucestershire.Inspection, null), new Resumed(First, Words, new(2017, 10, 12), new(2017, 9, 28))),
        ["time-refused"] = () => Event(new(2017, 9, 22), new TimeRefused(First, Words, new(2017, 9, 28), "The public are at more risk than necessary.")),
        ["closed"] = () => Event(new(2018, 1, 22), new Closed(First, Words, ClosureReason.Implemented, "Caseloads are now below 60.")),
        ["reopened"] = () => Event(new(2018, 3, 1), Owing(new(2018, 3, 29), new(2018, 3, 1)), new Reopened(First, Words, "Caseloads have risen above 80 again.", new(2018, 3, 29))),
        ["reassigned"] = () => Event(new(2017, 9, 25), Owing(new(2017, 10, 23), new(2017, 9, 25)), new Reassigned(First, Words, Gloucestershire.Nps.Name, "The report meant the CRC.", new(2017, 10, 23))),
        ["new-link"] = () => Gloucestershire.Facts(new(2017, 9, 20), [.. Gloucestershire.CrcAt(2).Select(i => i with { Step = null })]) with { Letter = FollowUp.Recommendations.Letters.Of(new NewLink()) },
        ["new-link-to-those-above"] = () => (Gloucestershire.Facts(new(2018, 3, 20)) with { Letter = FollowUp.Recommendations.Letters.Of(new NewLink()) }).ToAbove(Gloucestershire.WorkingLinks),
        ["named"] = () => Gloucestershire.Facts(new(2017, 9, 20), [.. Gloucestershire.CrcAt(2).Select(i => i with { Step = null })]) with { Letter = FollowUp.Recommendations.Letters.Of(new Named("Sam Second", Instead: true)) },
        ["contact-named"] = () => Gloucestershire.Facts(new(2017, 9, 20)) with { Letter = FollowUp.Recommendations.Letters.Of(new ContactNamed("Cleo New", "cleo.new@bgsw.example", FollowUp.Organisations.ContactRole.Main, "Sam Second", Instead: true)) },
        ["naming-agreed"] = () => Decided(instead: true, agreed: true),
        ["naming-refused"] = () => Decided(instead: false, agreed: false),
        ["note-taken"] = () => Event(new(2018, 2, 1), new NoteTaken(First, Words, "The last case manager started on 29 January.\nCaseloads are at 55.", A.Answerer, new DateTimeOffset(2018, 2, 1, 10, 0, 0, TimeSpan.Zero))),
        ["file-refused"] = () => Event(new(2017, 11, 29), new FileRefused(First, Words, "Start dates of the case managers.xlsx", A.Answerer, new DateTimeOffset(2017, 11, 29, 10, 0, 0, TimeSpan.Zero))),
        ["code"] = () => Gloucestershire.Facts(new(2017, 9, 20)) with { Letter = FollowUp.Recommendations.Letters.Of(new CodeToEnter("hash")), Code = "012345" },
        ["taken-over"] = () => Event(new(2017, 9, 25), new TakenOver(First, Words, Gloucestershire.Nps.Name, "The report meant the NPS.")),
    };

    public static TheoryData<string> Names => [.. Letters.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_letter_is_as_approved(string name)
    {
        var facts = Letters[name]();
        var email = LetterWriter.Write(facts).Render(facts);
        Assert.Multiple(
            () => Approve.File($"Letters/{name}.txt", $"Subject: {email.Subject}\n\n{email.Text}"),
            () => Approve.File($"Letters/{name}.html", email.Html));
    }

    private static LetterFacts Escalation() =>
        Gloucestershire.Facts(new(2017, 10, 12), [.. Gloucestershire.CrcAt(6).Select(i => i with { SoFar = SoFar })]);

    private static LetterFacts Event<T>(DateOnly today, T what)
        where T : notnull => Event(today, new LetterItem(Gloucestershire.Recommendation(1, A.Ask(lastStep: 2)), Gloucestershire.Inspection, null), what);

    private static LetterFacts Event<T>(DateOnly today, LetterItem item, T what)
        where T : notnull => Gloucestershire.Facts(today, item, what);

    private static LetterItem Progress(int step, Ask ask) =>
        new(Gloucestershire.Recommendation(1, ask, A.Answer(Position.Agreed, TwoActions)), Gloucestershire.Inspection, Ladder.Default.Find(step));

    private static LetterItem Nothing(DateOnly closedOn) =>
        new(Gloucestershire.Recommendation(1, A.Ask(lastStep: 2) with { ClosedOn = closedOn }), Gloucestershire.Inspection, null);

    private static LetterItem Owing(DateOnly dueOn, DateOnly openedOn) =>
        new(Gloucestershire.Recommendation(1, A.Ask(dueOn: dueOn, openedOn: openedOn)), Gloucestershire.Inspection, null);

    private static Ask Moved(DateOnly dueOn, DateOnly on)
    {
        var ask = A.Ask(lastStep: 2);
        return ask with { DueOn = dueOn, Version = 2, Ladder = ask.Ladder with { StepsAfter = on } };
    }

    private static LetterItem[] Resting(LetterItem[] items) => [.. from item in items let ask = item.Recommendation.Ask
        select item with { Recommendation = item.Recommendation with { Ask = ask with { Ladder = ask.Ladder with { Rests = true } } } }];

    private static ProgressUpdate Update() => new()
    {
        At = new DateTimeOffset(2017, 11, 29, 10, 0, 0, TimeSpan.Zero),
        Text = "Five of eight case managers have started.",
        By = A.Answerer,
        DueOn = new(2017, 11, 30),
        Actions = [TwoActions[0] with { Progress = ActionProgress.UnderWay, TargetOn = new(2018, 1, 31) }, TwoActions[1] with { Progress = ActionProgress.Complete }],
    };

    private static LetterFacts Decided(bool instead, bool agreed) => Gloucestershire.Facts(new(2017, 9, 20)) with
    {
        Letter = FollowUp.Recommendations.Letters.Of(new NamingDecided("Cleo New", "cleo.new@elsewhere.example", FollowUp.Organisations.ContactRole.Second, instead, agreed)),
    };

    private static ProgressUpdate WithEvidence(ProgressUpdate update) => update with
    {
        Actions = [update.Actions[0] with { MovedBecause = "Three of those who were chosen\ntook other posts." }, update.Actions[1]],
        Evidence = [new("1", "Starters, October – November.xlsx", EvidenceKind.Excel, 20_000, "00"), new("2", "rota.pdf", EvidenceKind.Pdf, 90_000, "00")],
    };

    // One is overdue, one has its notice, and one of another inspection owes progress
    private static LetterFacts Mixed()
    {
        var bristol = A.Inspection("bristol-2017-09", "Bristol", new(2017, 9, 20));
        var notice = new LetterItem(A.Recommendation("bristol-2017-09/3a", "The CRC should see people at the right time.", ask: A.Ask(dueOn: new(2017, 10, 27), openedOn: new(2017, 9, 29))), bristol, Ladder.Default.Notice);
        var progress = new LetterItem(Gloucestershire.Recommendation(2, A.Ask(AskKind.Progress, new(2017, 10, 13), new(2017, 9, 11), 1), A.Answer(Position.Agreed, TwoActions)), Gloucestershire.Inspection, Ladder.Default.Find(1));
        return Gloucestershire.Facts(new(2017, 9, 29), notice, progress, Gloucestershire.At(4, 1));
    }
}
