using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Deadlines;

namespace FollowUp.Recommendations;

/// <summary>What is asked for.</summary>
public enum AskKind
{
    /// <summary>The organisation's answer and action plan.</summary>
    Response,

    /// <summary>An update on the actions it promised.</summary>
    Progress,
}

/// <summary>What the organisation owes on a recommendation, and how far chasing has come.</summary>
public sealed record Ask
{
    public required AskKind Kind { get; init; }

    /// <summary>Raised when an ask opens and whenever its deadline moves: a message that was planned for another version is out of date.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The version that it was opened with: what was typed under an earlier one was meant for an earlier ask.</summary>
    public int OpenedAs { get; init; } = 1;

    /// <summary>The day on which it was opened.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The last day on which the answer is in time.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The deadline as first given.</summary>
    public required DateOnly OriginalDueOn { get; init; }

    /// <summary>The deadline that staff gave last, and the day on which they did; null where it is the first one. What resuming moves is not given anew.</summary>
    public GivenDeadline? Given { get; init; }

    /// <summary>The day from which the pause moves the deadline; null when it is not paused, and where the deadline was given during the pause and so allows for it.</summary>
    public DateOnly? PausedOn { get; init; }

    /// <summary>The last day of the pause.</summary>
    public DateOnly? PausedUntil { get; init; }

    /// <summary>The day on which it was answered or closed; null while it is open.</summary>
    public DateOnly? ClosedOn { get; init; }

    public LadderPosition Ladder { get; init; } = new();

    /// <summary>The holidays that were added later and that its deadline has been extended for.</summary>
    public IReadOnlyList<DateOnly> AllowedFor { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    [JsonIgnore]
    public bool IsOpen => ClosedOn is null;

    /// <summary>The deadline as it was given last.</summary>
    [JsonIgnore]
    public GivenDeadline LastGiven => Given ?? new GivenDeadline(OriginalDueOn, OpenedOn);

    public bool IsPausedOn(DateOnly today) => PausedUntil is { } until && today <= until;

    /// <summary>The deadline that holds on a day: a pause that nobody has resumed yet moves it as resuming would.</summary>
    public DateOnly DueBy(DateOnly today, WorkingCalendar calendar)
    {
        if (this is not { PausedOn: { } from, PausedUntil: { } until })
        {
            return DueOn;
        }

        var lasted = calendar.Between(from, today < until ? today : until);
        var moved = lasted > 0 ? calendar.Add(DueOn, lasted) : DueOn;
        // On a weekend in the pause nothing falls due that could still be done when it began
        return IsPausedOn(today) && from <= DueOn && moved < today ? calendar.OnOrAfter(today) : moved;
    }

    /// <summary>The deadline as pages and emails say it on a day: while a pause lasts, the one that it began with, as no days are counted.</summary>
    public DateOnly SaidDueOn(DateOnly today, WorkingCalendar calendar) => IsPausedOn(today) ? DueOn : DueBy(today, calendar);

    /// <summary>Whether staff hold back, on a day, what would go above the organisation.</summary>
    public bool IsUpwardHeldOn(DateOnly today) => IsOpen && Ladder.UpwardHeldUntil is { } until && today <= until;
}

/// <summary>A deadline, and the day on which it was given.</summary>
public sealed record GivenDeadline(DateOnly DueOn, DateOnly On);

/// <summary>How far up the ladder an ask has come. Changing it under the row's ETag is the claim to a step.</summary>
public sealed record LadderPosition
{
    /// <summary>The number of the last step that was decided (sent or skipped); −1 before the notice.</summary>
    public int LastStep { get; init; } = -1;

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Steps dated on or before this day do not count: the day of the notice, or of the last move of the deadline.</summary>
    public DateOnly? StepsAfter { get; init; }

    /// <summary>The first day on which a notice or reminder of this ask to the organisation's own contacts was accepted for delivery.</summary>
    public DateOnly? FirstAcceptedOn { get; init; }

    /// <summary>The day of the last overdue or upward step.</summary>
    public DateOnly? LastOverdueOn { get; init; }

    /// <summary>The step whose message nobody has accepted for delivery yet; null when there is none.</summary>
    public int? Awaits { get; init; }

    /// <summary>Up to and including this day staff hold back what would go above the organisation.</summary>
    public DateOnly? UpwardHeldUntil { get; init; }

    /// <summary>Why they do.</summary>
    public string? UpwardHeldBecause { get; init; }

    /// <summary>Whether the ladder has ended and the ask rests with staff.</summary>
    public bool Rests { get; init; }
}
