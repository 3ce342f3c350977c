using FollowUp.Deadlines;
using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>How the provider's pages say things.</summary>
internal static class ReplyWords
{
    /// <summary>The deadline as a date and in working days; during a pause nothing is counted.</summary>
    public static string Deadline(Recommendation state, Situation situation)
    {
        var (ask, dueOn) = (state.Ask, state.Ask.SaidDueOn(situation.Today, situation.Calendar));
        return $"{dueOn.InWords()} ({(ask.IsPausedOn(situation.Today) ? $"paused until {ask.PausedUntil?.InWords()}" : situation.Calendar.Left(dueOn, situation.Today))})";
    }

    /// <summary>What the recommendation waits for, as the organisation sees it; the colour of its tag, or none for plain text.</summary>
    public static (string Text, string? Colour) State(Recommendation state, bool hasDraft, Situation situation) => state switch
    {
        { Status: RecommendationStatus.Closed } => ("Closed", null),
        { Ask.IsOpen: true } when hasDraft => ("Draft saved", "yellow"),
        { Ask: { IsOpen: true, Kind: AskKind.Progress } } => state.IsOverdueOn(situation.Today, situation.Calendar) ? ("Report overdue", "red") : ("Report due", "blue"),
        { Ask.IsOpen: true, Review.Judgement: Judgement.Unacceptable } => ("Returned to you", "red"),
        { Ask.IsOpen: true } => state.IsOverdueOn(situation.Today, situation.Calendar) ? ("Overdue", "red") : ("Not started", "blue"),
        { Status: RecommendationStatus.ReportedComplete } => ("Reported complete", null),
        { Status: RecommendationStatus.InProgress } => ("Report sent", null),
        _ => ("Answer sent", null),
    };

    /// <summary>What a position means, in the words of HMPPS's form.</summary>
    public static string Meaning(Position position) => position switch
    {
        Position.Agreed => "All of the recommendation is agreed with, can be achieved and is affordable.",
        Position.PartlyAgreed => "Only part of the recommendation is agreed with, is achievable, affordable and will be implemented.",
        Position.NotAgreed => "The recommendation is not agreed and will not be implemented. This might be because of commissioning, policy, operational or affordability reasons.",
        _ => throw new ArgumentOutOfRangeException(nameof(position)),
    };

    public static string Of(JudgedThen judged) => judged switch
    {
        { Judgement: Judgement.Acceptable } => "The inspectors accepted the answer",
        { Judgement: Judgement.AcceptableAlternative } => "The inspectors accepted the answer as an acceptable alternative",
        { Judgement: Judgement.Unacceptable } => "The inspectors returned the answer",
        { Progress: { } progress } => $"The inspectors judged the progress: {progress.ToString().ToLowerInvariant()}",
        _ => "The inspectors replied",
    };

    /// <summary>What the inspectors decided about what was sent last; null while they have still to decide.</summary>
    public static string? Decided(Recommendation state)
    {
        var isDecided = state.Updates is not [.., var last] || last.At < state.Answer?.At || last.Judgement is not null;
        return isDecided && state.Review is { } review
            ? $"{Of(new JudgedThen(review.Judgement, review.Progress, review.Note))} on {review.At.InWords()}. Nothing is asked of you at the moment. You get an email if that changes."
            : null;
    }

    public static string Of(ClosureReason reason) => reason switch
    {
        ClosureReason.Implemented => "it was implemented",
        ClosureReason.NotImplemented => "it was not implemented",
        ClosureReason.NotAccepted => "it was not accepted",
        ClosureReason.Superseded => "it was superseded",
        ClosureReason.Withdrawn => "it was withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>What somebody typed; "not entered" where that is nothing.</summary>
    public static string Typed(string? text) => string.IsNullOrWhiteSpace(text) ? "not entered" : text;

    /// <inheritdoc cref="Typed(string?)"/>
    public static string Typed(TypedDate? date) => date?.Read() is { } day ? day.InWords() : Typed($"{date?.Day} {date?.Month} {date?.Year}");
}
