using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What a chase would do now.</summary>
/// <param name="WhyNot">Why no chasing email leaves now, whatever is due; null when they leave.</param>
/// <param name="Emails">Those that would be planned, and those that wait already.</param>
/// <param name="Waiting">Steps whose day has come and that would not be taken yet.</param>
/// <param name="Inspections">Inspections that would be issued, whose notices come on top.</param>
/// <param name="Failures">What could not be looked at.</param>
public sealed record Rehearsal(
    DateTimeOffset At, string? WhyNot, IReadOnlyList<RehearsedEmail> Emails, IReadOnlyList<RehearsedWait> Waiting, IReadOnlyList<string> Inspections, IReadOnlyList<string> Failures);

/// <summary>An email that would leave.</summary>
/// <param name="Waits">Whether it has been planned already and waits to be sent.</param>
public sealed record RehearsedEmail(string OrganisationId, MessageKind Kind, OutlookRecipient To, IReadOnlyList<RehearsedItem> About, bool Waits);

/// <summary>A recommendation in it, and the step that puts it there.</summary>
public sealed record RehearsedItem(string RecommendationId, string? Step);

/// <summary>A recommendation whose step would not be taken yet, and why.</summary>
public sealed record RehearsedWait(string RecommendationId, string Why);
