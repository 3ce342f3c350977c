using FollowUp.Deadlines;
using FollowUp.Recommendations;

namespace FollowUp.Reviews;

/// <summary>Staff's decisions about a recommendation, and what each changes.</summary>
internal static class ReviewRule
{
    private const int LongestNote = 5000;

    /// <summary>Judges the answer: accepted, with a progress ask when there are open actions, or returned with a new deadline.</summary>
    public static Outcome<Change> Review(Recommendation state, Situation situation, Judgement? judgement, string? note, DateOnly? dueOn, Actor by)
    {
        var problems = new Problems();
        problems.AddWhen(judgement is null, "judgement", "Choose whether the answer is acceptable, an acceptable alternative or unacceptable");
        var unacceptable = judgement == Judgement.Unacceptable;
        var words = unacceptable ? problems.Text(note, "note", "why the answer is returned: the organisation reads it", LongestNote) : problems.OptionalText(note, "note", "the note", LongestNote);
        problems.AddWhen(unacceptable && dueOn is null, "dueOn", "Enter the deadline for the new answer");
        problems.AddWhen(unacceptable && dueOn <= situation.Today, "dueOn", $"The deadline for the new answer must be after today, {situation.Today.InWords()}");
        problems.AddWhen(unacceptable && dueOn > situation.Today.AddYears(1), "dueOn", "The deadline for the new answer must be within a year");
        if (state.Status != RecommendationStatus.Responded || state.Answer is null || state.Review is not null)
        {
            return Refusal.Conflict($"Recommendation {state.Id} has no answer that awaits review.");
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var review = new Review(judgement!.Value, null, words, by.Name, situation.Now);
        return unacceptable ? Return(state, situation, review, dueOn!.Value) : Accept(state, situation, review);
    }

    /// <summary>Judges the latest progress; while actions are open, the next progress ask opens.</summary>
    public static Outcome<Change> Verify(Recommendation state, Situation situation, ProgressJudgement? progress, string? note, Actor by)
    {
        var problems = new Problems();
        problems.AddWhen(progress is null, "progress", "Choose the progress: none, insufficient, reasonable or good");
        var words = problems.OptionalText(note, "note", "the note", LongestNote);
        if (state.Updates is not [.., { Judgement: null } latest] || state.Status is not (RecommendationStatus.InProgress or RecommendationStatus.ReportedComplete))
        {
            return Refusal.Conflict($"Recommendation {state.Id} has no progress report that awaits judgement.");
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var review = new Review(null, progress!.Value, words, by.Name, situation.Now);
        var judged = state with { Review = review, Updates = [.. state.Updates.SkipLast(1), latest with { Judgement = progress }] };
        var ask = state.Ask.IsOpen ? null : NextProgress(judged, situation) ?? AskAgain(judged, progress.Value, situation);
        var verified = new NewEvent(EventTypes.Verified, new { progress, note = words });
        return new Change(
            judged with { Status = ask is null ? state.Status : RecommendationStatus.InProgress, Ask = ask ?? state.Ask },
            ask is null ? [verified] : [verified, Opened(ask)],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.Verified(state.Id, state.Text, progress.Value, words, ask?.DueOn)), For: LastSender(state))]);
    }

    /// <summary>Ends the recommendation: chasing stops at once.</summary>
    public static Outcome<Change> Close(Recommendation state, Situation situation, ClosureReason? reason, string? note, Actor by)
    {
        var problems = new Problems();
        problems.AddWhen(reason is null, "reason", "Choose why it is closed: implemented, not implemented, not accepted, superseded or withdrawn");
        var words = problems.OptionalText(note, "note", "the note", LongestNote);
        if (state.Status == RecommendationStatus.Closed)
        {
            return Refusal.Conflict($"Recommendation {state.Id} is closed already.");
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var closure = new Closure(reason!.Value, words, by.Name, situation.Now);
        return new Change(
            state with { Status = RecommendationStatus.Closed, Closure = closure, TimeRequest = null, Ask = state.Ask with { ClosedOn = state.Ask.ClosedOn ?? situation.Today, PausedOn = null, PausedUntil = null } },
            [new NewEvent(EventTypes.Closed, new { reason, note = words })],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.Closed(state.Id, state.Text, closure.Reason, words)), For: LastSender(state).Concat(state.TimeRequest?.Askers ?? []))]);
    }

    /// <summary>Opens a closed recommendation again with a new ask: for an answer, or for progress when its answer was judged and accepted.</summary>
    public static Outcome<Change> Reopen(Recommendation state, Situation situation, string? reason, DateOnly? dueOn)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "the reason for opening it again: the organisation reads it", LongestNote);
        problems.AddWhen(dueOn is null, "dueOn", "Enter the new deadline");
        problems.AddWhen(dueOn <= situation.Today, "dueOn", $"The new deadline must be after today, {situation.Today.InWords()}");
        problems.AddWhen(dueOn > situation.Today.AddYears(2), "dueOn", "The new deadline must be within two years");
        if (state.Status != RecommendationStatus.Closed)
        {
            return Refusal.Conflict($"Recommendation {state.Id} is not closed, so it cannot be opened again.");
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var inProgress = state.Answer?.Actions.Any(a => a.Progress != ActionProgress.Complete) == true && state.Review is { Judgement: not Judgement.Unacceptable };
        var ask = Open(inProgress ? AskKind.Progress : AskKind.Response, dueOn!.Value, state, situation);
        return new Change(
            state with { Status = inProgress ? RecommendationStatus.InProgress : RecommendationStatus.AwaitingResponse, Closure = null, Ask = ask },
            [new NewEvent(EventTypes.Reopened, new { reason = why, dueOn }), Opened(ask)],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.Reopened(state.Id, state.Text, why, ask.DueOn)))]);
    }

    /// <summary>Says no to a request for more time; the deadline stands. Saying yes is an extension.</summary>
    public static Outcome<Change> RefuseTime(Recommendation state, Situation situation, string? reason)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "why there is no more time: the organisation reads it", LongestNote);
        if (state.TimeRequest is not { } request)
        {
            return Refusal.Conflict($"Nobody has asked for more time on recommendation {state.Id}, or it has been decided already.");
        }

        var dueOn = state.Ask.DueBy(situation.Today, situation.Calendar);
        return problems.Any ? problems.Refusal : new Change(
            state with { TimeRequest = null },
            [new NewEvent(EventTypes.TimeRefused, new { askedFor = request.DueOn, dueOn, reason = why })],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.TimeRefused(state.Id, state.Text, dueOn, why)), For: request.Askers)]);
    }

    /// <summary>Who sent what is judged: the pages promise them the decision.</summary>
    private static IEnumerable<Answerer> LastSender(Recommendation state) => state.Updates is [.., var last] ? [last.By] : state.Answer is { } answer ? [answer.By] : [];

    private static Change Accept(Recommendation state, Situation situation, Review review)
    {
        var ask = NextProgress(state, situation);
        var reviewed = new NewEvent(EventTypes.Reviewed, new { judgement = review.Judgement, note = review.Note });
        return new Change(
            state with { Status = ask is null ? state.Status : RecommendationStatus.InProgress, Review = review, Ask = ask ?? state.Ask },
            ask is null ? [reviewed] : [reviewed, Opened(ask)],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.Accepted(state.Id, state.Text, review.Judgement!.Value, review.Note, ask?.DueOn)), For: LastSender(state))]);
    }

    private static Change Return(Recommendation state, Situation situation, Review review, DateOnly dueOn)
    {
        var ask = Open(AskKind.Response, dueOn, state, situation);
        return new Change(
            state with { Status = RecommendationStatus.AwaitingResponse, Review = review, Ask = ask },
            [new NewEvent(EventTypes.Reviewed, new { judgement = review.Judgement, note = review.Note, dueOn }), Opened(ask)],
            [new LetterToSend(MessageKind.Decision, Letters.Of(new Letters.Returned(state.Id, state.Text, review.Note!, dueOn)), For: LastSender(state))]);
    }

    /// <summary>The ask for progress on the actions that are still open; null when none is.</summary>
    private static Ask? NextProgress(Recommendation state, Situation situation)
    {
        var open = state.Answer?.Actions.Where(a => a.Progress != ActionProgress.Complete).ToList() ?? [];
        return open.Count == 0 ? null : Open(AskKind.Progress, DeadlineRule.ForProgress(situation.Calendar, open.Min(a => a.TargetOn), situation.Today), state, situation);
    }

    /// <summary>Everything is said to be done and staff do not find it so: another report is asked for.</summary>
    private static Ask? AskAgain(Recommendation state, ProgressJudgement progress, Situation situation) =>
        progress is ProgressJudgement.None or ProgressJudgement.Insufficient
            ? Open(AskKind.Progress, situation.Calendar.Add(situation.Today, DeadlineRule.LeastWorkingDaysForProgress), state, situation)
            : null;

    /// <summary>A new ask whose notice is the letter about the decision that opened it.</summary>
    private static Ask Open(AskKind kind, DateOnly dueOn, Recommendation state, Situation situation) => new()
    {
        Kind = kind,
        Version = state.Ask.Version + 1,
        OpenedAs = state.Ask.Version + 1,
        OpenedOn = situation.Today,
        DueOn = dueOn,
        OriginalDueOn = dueOn,
        Ladder = new LadderPosition { LastStep = 0, DecidedAt = situation.Now, StepsAfter = situation.Today, Awaits = 0 },
    };

    private static NewEvent Opened(Ask ask) => new(EventTypes.AskOpened, new { kind = ask.Kind, dueOn = ask.DueOn, version = ask.Version });
}
