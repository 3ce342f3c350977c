using System.Text.Json;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>Something that the organisation or the inspectors said before.</summary>
/// <param name="Answer">What the organisation answered; null when this is something else.</param>
/// <param name="Update">What the organisation reported; null when this is something else.</param>
/// <param name="Note">What the organisation sent after closure; null when this is something else.</param>
/// <param name="Judged">What the inspectors said; null when this is something else.</param>
/// <param name="Decided">What else the inspectorate decided; null when this is something else.</param>
internal sealed record Said(DateTimeOffset At, Answerer? By = null, AnswerThen? Answer = null, UpdateThen? Update = null, JudgedThen? Judged = null, string? Note = null, DecidedThen? Decided = null)
{
    /// <summary>Whether it can be why something is asked for once more.</summary>
    public bool AsksAgain => Judged is not null || Decided is { Reopens: true };

    /// <summary>What the inspectors or the inspectorate did, as the beginning of a sentence; null for what the organisation sent.</summary>
    public string? What => Judged is { } judged ? ReplyWords.Of(judged) : Decided?.What;

    /// <summary>What they wrote with it.</summary>
    public string? Words => Judged is { } judged ? judged.Note : Decided?.Words;
}

/// <summary>An answer as the record keeps it.</summary>
internal sealed record AnswerThen(Position Position, string? AgreedPart, string? Reason, IReadOnlyList<PlannedAction>? Actions, DateOnly DueOn, bool Late)
{
    public static AnswerThen Of(Answer answer) => new(answer.Position, answer.AgreedPart, answer.Reason, answer.Actions, answer.DueOn, answer.Late);
}

/// <summary>A report of progress as the record keeps it.</summary>
internal sealed record UpdateThen(string? Text, IReadOnlyList<PlannedAction>? Actions, bool ClaimsComplete, DateOnly DueOn, bool Late, IReadOnlyList<EvidenceFile>? Evidence = null)
{
    public static UpdateThen Of(ProgressUpdate update) => new(update.Text, update.Actions, update.ClaimsComplete, update.DueOn, update.Late, update.Evidence);
}

/// <summary>A note as the record keeps it.</summary>
internal sealed record NoteThen(string? Text);

/// <summary>A judgement as the record keeps it.</summary>
internal sealed record JudgedThen(Judgement? Judgement, ProgressJudgement? Progress, string? Note);

/// <summary>Another decision: about the deadline, or about closing and opening again.</summary>
internal sealed record DecidedThen(string What, string? Words, bool Reopens = false);

/// <summary>Reads from the record what was said about a recommendation, the latest first.</summary>
internal sealed class ReadHistory(RegisterTable register, ReportUnreadable report)
{
    /// <param name="state">The recommendation.</param>
    /// <param name="unreadable">Takes entries that cannot be read; whoever shows the others says so.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlyList<Said>> RunAsync(Recommendation state, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        // Only what people do raises the version
        if (state.Version == 1)
        {
            return [];
        }

        // What another organisation said before the recommendation came to this one is between it and the inspectors
        var events = await register.EventsAsync(state.OrganisationId, state.Id, 0, stop, unreadable);
        await report.RunAsync([.. unreadable], stop);
        var own = events.Skip(events.ToList().FindLastIndex(e => e.Type == EventTypes.Reassigned) + 1);
        if (unreadable.Max(row => row.RowKey) is { } last)
        {
            // The one that cannot be read may be where it came to this one
            own = own.Where(e => string.CompareOrdinal(RegisterTable.EventKey(state.Id, e.Seq), last) > 0);
        }

        return [.. own.Select(Read).OfType<Said>().Reverse()];
    }

    private static Said? Read(RecordedEvent recorded) => recorded.Type switch
    {
        EventTypes.Answered => new Said(recorded.At, By(recorded), Answer: Data<AnswerThen>(recorded)),
        EventTypes.Updated => new Said(recorded.At, By(recorded), Update: Data<UpdateThen>(recorded)),
        EventTypes.NoteReceived => new Said(recorded.At, By(recorded), Note: Data<NoteThen>(recorded)?.Text),
        EventTypes.Reviewed or EventTypes.Verified => new Said(recorded.At, Judged: Data<JudgedThen>(recorded)),
        EventTypes.Extended or EventTypes.TimeRefused or EventTypes.Paused or EventTypes.Closed or EventTypes.Reopened =>
            new Said(recorded.At, Decided: Decide(recorded.Type, Data<DecisionData>(recorded)!)),
        _ => null,
    };

    private static DecidedThen Decide(string type, DecisionData data) => type switch
    {
        EventTypes.Extended => new DecidedThen($"The inspectorate moved the deadline to {data.To?.InWords()}", data.Reason),
        EventTypes.Paused => new DecidedThen($"The inspectorate paused this until {data.Until?.InWords()}", data.Reason),
        EventTypes.TimeRefused => new DecidedThen("The inspectorate gave no more time", data.Reason),
        EventTypes.Closed => new DecidedThen("The inspectorate closed this recommendation" + (Json.TryReadWord<ClosureReason>(data.Reason, out var reason) ? $", because {ReplyWords.Of(reason)}" : ""), data.Note),
        _ => new DecidedThen("The inspectorate opened this recommendation again", data.Reason, Reopens: true),
    };

    private static Answerer? By(RecordedEvent recorded) => recorded.Personal?.More?.Deserialize<Answerer>(Json.Options);

    private static T? Data<T>(RecordedEvent recorded) => recorded.Data.Deserialize<T>(Json.Options);

    /// <summary>What the events of decisions have in common; each has some of it.</summary>
    private sealed record DecisionData(DateOnly? To, DateOnly? Until, string? Reason, string? Note);
}
