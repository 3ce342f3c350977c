using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>A person's command: who gives it, and what makes it safe to send twice.</summary>
/// <param name="OpId">Names this operation in the record; new for every attempt to do something.</param>
/// <param name="RepeatKey">An Idempotency-Key or the id of a form: the same one a second time changes nothing. Null when the caller gives none.</param>
/// <param name="ExpectedVersion">The version that the person has seen; null when they do not say.</param>
public sealed record Command(Actor Actor, string OpId, string? RepeatKey = null, int? ExpectedVersion = null)
{
    public static Command By(Actor actor, string? repeatKey = null, int? expectedVersion = null) =>
        new(actor, Guid.NewGuid().ToString("n"), repeatKey, expectedVersion);
}

/// <summary>What a rule decides: the state afterwards, what to record, and whom to tell.</summary>
/// <param name="State">The state; number and hash of the last event and the version are filled in when it is written.</param>
/// <param name="Events">What happened, at least one.</param>
/// <param name="Letters">What to tell the organisation, with the kind of email.</param>
/// <param name="Task">What a person of the staff must do about it, if anything.</param>
public sealed record Change(Recommendation State, IReadOnlyList<NewEvent> Events, IReadOnlyList<LetterToSend> Letters, StaffTask? Task = null)
{
    /// <summary>Adds other rows of the organisation that change in the same transaction; null adds none.</summary>
    internal Action<Egt>? Also { get; init; }

    /// <summary>The answer to "tell nobody".</summary>
    public static IReadOnlyList<LetterToSend> NoLetters { get; } = [];
}

/// <summary>A letter about something that happened.</summary>
/// <param name="To">Its recipients; null for the organisation's valid main contacts.</param>
/// <param name="For">Who asked or answered and was promised it: it goes to each of them too who is still a contact of the organisation or of one above.</param>
public sealed record LetterToSend(MessageKind Kind, Letter Letter, IReadOnlyList<Recipient>? To = null, IEnumerable<Answerer>? For = null);
