using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Who does something.</summary>
public enum ActorKind
{
    /// <summary>The service itself, by the clock.</summary>
    System,

    /// <summary>The inspectorate's staff, or a program of theirs.</summary>
    Staff,

    /// <summary>Somebody of the organisation, by a link.</summary>
    Provider,
}

/// <summary>Somebody who does something: the kind is kept for ever, name and address can be erased.</summary>
public sealed record Actor(ActorKind Kind, string Name, string? Email = null)
{
    public static Actor Service { get; } = new(ActorKind.System, "FollowUp");
}

/// <summary>Something that has happened, before it has its place in the record.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Data">What happened, without personal data.</param>
/// <param name="Personal">Names and addresses that belong to it, kept apart so that they can be erased.</param>
public sealed record NewEvent(string Type, object Data, object? Personal = null);

/// <summary>The personal part of an event.</summary>
public sealed record PersonalPart(string ActorName, string? ActorEmail, JsonElement? More);

/// <summary>
/// An event in the record of a recommendation. Each carries the hash of the one before, and its own hash over
/// everything but the personal part, of which the chain holds a digest only.
/// </summary>
public sealed record RecordedEvent
{
    public required int Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required ActorKind Actor { get; init; }

    public required string OpId { get; init; }

    public required JsonElement Data { get; init; }

    public PersonalPart? Personal { get; init; }

    public required string PersonalDigest { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }

    /// <summary>The event as the next link of a chain.</summary>
    internal static RecordedEvent Next(int seq, string previousHash, NewEvent what, Actor actor, string opId, DateTimeOffset at)
    {
        var personal = new PersonalPart(actor.Name, actor.Email, what.Personal is null ? null : Json.Element(what.Personal));
        var recorded = new RecordedEvent
        {
            Seq = seq,
            At = at,
            Type = what.Type,
            Actor = actor.Kind,
            OpId = opId,
            Data = Json.Element(what.Data),
            Personal = personal,
            PersonalDigest = Digest(Json.Write(personal)),
            PreviousHash = previousHash,
            Hash = "",
        };
        return recorded with { Hash = recorded.ComputeHash() };
    }

    /// <summary>Whether the event is as it was written; an erased personal part does not break it.</summary>
    internal bool IsSound() => Hash == ComputeHash() && (Personal is null || PersonalDigest == Digest(Json.Write(Personal)));

    /// <summary>The number of the first event of a whole record that is not as it was written, or does not follow the one before it; null when all is as it was.</summary>
    /// <param name="record">All events up to the last one of the state, in their order.</param>
    /// <param name="lastHash">The hash that the state keeps of the last one.</param>
    internal static int? FindChange(IReadOnlyList<RecordedEvent> record, string lastHash)
    {
        var (seq, hash) = (0, "");
        foreach (var recorded in record)
        {
            if (recorded.Seq != ++seq || recorded.PreviousHash != hash || !recorded.IsSound())
            {
                return seq;
            }

            hash = recorded.Hash;
        }

        return hash == lastHash ? null : seq + 1;
    }

    private string ComputeHash() => Digest(Json.Write(new object[] { Seq, At.UtcTicks, Type, Actor, OpId, Data, PersonalDigest, PreviousHash }));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Every type of event, with what it means.</summary>
public static class EventTypes
{
    /// <summary>The recommendation was issued to the organisation.</summary>
    public const string Issued = "issued";

    /// <summary>A step of the ladder was decided and its messages planned.</summary>
    public const string StepPlanned = "stepPlanned";

    /// <summary>A step of the ladder was skipped, with the reason.</summary>
    public const string StepSkipped = "stepSkipped";

    /// <summary>The ladder has ended; the ask rests with staff.</summary>
    public const string LadderEnded = "ladderEnded";

    /// <summary>The organisation answered.</summary>
    public const string Answered = "answered";

    /// <summary>The organisation reported progress.</summary>
    public const string Updated = "updated";

    /// <summary>The organisation sent something after closure.</summary>
    public const string NoteReceived = "noteReceived";

    /// <summary>The virus scan refused a file after its report was sent; it was deleted.</summary>
    public const string EvidenceRefused = "evidenceRefused";

    /// <summary>Staff judged the answer.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>Staff judged progress.</summary>
    public const string Verified = "verified";

    /// <summary>A new ask was opened.</summary>
    public const string AskOpened = "askOpened";

    /// <summary>The deadline was moved.</summary>
    public const string Extended = "extended";

    /// <summary>The organisation asked for more time.</summary>
    public const string TimeRequested = "timeRequested";

    /// <summary>Staff refused more time.</summary>
    public const string TimeRefused = "timeRefused";

    /// <summary>Chasing was paused.</summary>
    public const string Paused = "paused";

    /// <summary>Chasing was resumed, by staff or at the end of the pause.</summary>
    public const string Resumed = "resumed";

    /// <summary>The recommendation was closed.</summary>
    public const string Closed = "closed";

    /// <summary>The recommendation was opened again.</summary>
    public const string Reopened = "reopened";

    /// <summary>The recommendation was given to another organisation.</summary>
    public const string Reassigned = "reassigned";

    /// <summary>Staff hold, for a while, emails to the director and to those above the organisation.</summary>
    public const string UpwardHeld = "upwardHeld";

    /// <summary>Staff released them before the hold ended by itself.</summary>
    public const string UpwardReleased = "upwardReleased";

    public static IReadOnlyList<string> All { get; } =
        [Issued, StepPlanned, StepSkipped, LadderEnded, Answered, Updated, NoteReceived, EvidenceRefused, Reviewed, Verified, AskOpened, Extended, TimeRequested, TimeRefused, Paused, Resumed, Closed, Reopened, Reassigned, UpwardHeld, UpwardReleased];
}
