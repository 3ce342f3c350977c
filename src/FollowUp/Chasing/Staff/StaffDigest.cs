using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>One thing that staff should know on a morning, and whose it is; without an inspection it is the mailbox's alone.</summary>
internal sealed record DigestThing(DigestSection Section, string Text, DateOnly Since, Person? LeadInspector);

/// <summary>The parts of the staff's digest, in their order.</summary>
internal enum DigestSection
{
    /// <summary>Something that a person must do.</summary>
    Tasks,

    /// <summary>Answers, reports and requests that nobody has judged.</summary>
    AwaitingReview,

    /// <summary>Upward emails that will go within five working days.</summary>
    Upward,

    /// <summary>What organisations owe and have not sent.</summary>
    Overdue,
}

/// <summary>What the digest of one person says; it is kept with the message, so that it is sent as it was planned.</summary>
/// <param name="On">The morning.</param>
/// <param name="Tasks">What to do.</param>
/// <param name="AwaitingReview">What to judge, the longest waiting first.</param>
/// <param name="Upward">What goes up soon.</param>
/// <param name="Overdue">What is overdue, the longest first.</param>
public sealed record StaffDigest(DateOnly On, IReadOnlyList<string> Tasks, IReadOnlyList<string> AwaitingReview, IReadOnlyList<string> Upward, IReadOnlyList<string> Overdue)
{
    private const int MostLines = 40;

    /// <summary>How many there are of each, in the order above; a long list is cut.</summary>
    public IReadOnlyList<int>? Totals { get; init; }

    /// <summary>How many there are of a part, those that its list leaves out with them.</summary>
    internal int Total(DigestSection section) => Totals is not null ? Totals[(int)section] : section switch
    {
        DigestSection.Tasks => Tasks.Count,
        DigestSection.AwaitingReview => AwaitingReview.Count,
        DigestSection.Upward => Upward.Count,
        _ => Overdue.Count,
    };

    internal bool SaysNothing => Tasks.Count + AwaitingReview.Count + Upward.Count + Overdue.Count == 0;

    internal static StaffDigest Of(DateOnly on, IReadOnlyList<DigestThing> things) =>
        new(on, Lines(things, DigestSection.Tasks), Lines(things, DigestSection.AwaitingReview), Lines(things, DigestSection.Upward), Lines(things, DigestSection.Overdue))
        {
            Totals = [.. Enum.GetValues<DigestSection>().Select(section => All(things, section).Count)],
        };

    private static List<string> All(IReadOnlyList<DigestThing> things, DigestSection section) =>
        [.. things.Where(t => t.Section == section).OrderBy(t => t.Since).Select(t => t.Text).Distinct()];

    private static List<string> Lines(IReadOnlyList<DigestThing> things, DigestSection section)
    {
        var lines = All(things, section);
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), $"… and {lines.Count - MostLines} more, which FollowUp shows"];
    }
}

/// <summary>What staff should know about a recommendation, and who of them.</summary>
internal static class DigestRule
{
    /// <summary>An answer that nobody has judged for so many working days is named with its age.</summary>
    public const int LongUnreviewed = 10;

    /// <summary>Upward emails are shown so many working days ahead, so that staff can hold them.</summary>
    public const int UpwardAhead = 5;

    /// <param name="state">The recommendation.</param>
    /// <param name="organisation">Whose it is.</param>
    /// <param name="inspection">Its inspection.</param>
    /// <param name="context">What is known.</param>
    /// <param name="waiting">The organisation’s chasing emails that a hold keeps back.</param>
    public static IEnumerable<DigestThing> About(Recommendation state, Organisation organisation, Inspection inspection, ChaseContext context, IReadOnlyList<Message> waiting)
    {
        var (today, calendar) = (context.Situation.Today, context.Situation.Calendar);
        var label = $"Recommendation {state.Id.Number} of {SafeText.Name(inspection.Title, 120)}, {SafeText.Name(organisation.Name, 80)}";
        if (state.AwaitsReview)
        {
            var since = state.AwaitsReviewSince ?? today;
            var days = calendar.Between(since, today);
            var what = state.TimeRequest is not null ? "more time is asked for" : state.AwaitsClosing ? "it waits to be closed" : state.Status == RecommendationStatus.Responded ? "its answer awaits review" : "its progress report awaits judgement";
            yield return new DigestThing(DigestSection.AwaitingReview, $"{label}: {what}, since {since.InWords()}{(days >= LongUnreviewed ? $" – {days} working days" : "")}", since, inspection.LeadInspector);
        }

        if (state.IsOverdueOn(today, calendar))
        {
            var dueOn = state.Ask.DueBy(today, calendar);
            yield return new DigestThing(DigestSection.Overdue, $"{label}: due {dueOn.InWords()}, {Words.Count(calendar.Between(dueOn, today), "working day")} ago", dueOn, inspection.LeadInspector);
        }

        if (!state.Ask.IsOpen)
        {
            yield break;
        }

        var days5 = calendar.Add(today, UpwardAhead).DayNumber - today.DayNumber;
        foreach (var (on, step, _, recipients) in OutlookRule.Play(new OpenAsk(state, organisation, inspection) { Waiting = ReadOutlook.WaitingFor(state, waiting, context.Situation) }, context, context.Situation.Today, days5).Where(s => s.Recipients.Any(s.Step.IsUpwardTo)))
        {
            var names = string.Join(", ", recipients.Where(r => r.Relation == Relation.Upward || r.Role == ContactRole.Director).Select(r => SafeText.Name(r.Name, 60)));
            yield return new DigestThing(DigestSection.Upward, $"{label}: “{step.Name}” goes {(names.Length == 0 ? "up" : $"to {names}")} on {on.InWords()}{(state.Ask.IsUpwardHeldOn(today) ? ", when its hold has ended" : "")}. You can hold, extend or pause it before then.", on, inspection.LeadInspector);
        }
    }
}
