using FollowUp.Recommendations;

namespace FollowUp.Doors;

/// <summary>What is owed, or was owed last.</summary>
/// <param name="Open">Whether it is still owed.</param>
/// <param name="UpwardHeldUntil">The last day on which staff hold upward emails.</param>
public sealed record AskView(AskKind Kind, DateOnly DueOn, DateOnly OriginalDueOn, int Version, DateOnly? PausedUntil, bool Open, DateOnly OpenedOn, DateOnly? ClosedOn, int? LastStep, DateOnly? UpwardHeldUntil = null);

/// <summary>A recommendation as the API shows it.</summary>
public sealed record RecommendationView(
    string Id,
    InspectionId Inspection,
    string InspectionTitle,
    RecommendationNumber Number,
    string OrganisationId,
    string OrganisationName,
    string Text,
    string? Theme,
    RecommendationStatus Status,
    int Version,
    DateOnly PublishedOn,
    DateOnly IssuedOn,
    bool Overdue,
    AskView Ask,
    Answer? Answer,
    IReadOnlyList<PlannedAction> Actions,
    IReadOnlyList<ProgressUpdate> Updates,
    Review? Review,
    Closure? Closure,
    TimeRequest? TimeRequest)
{
    internal static RecommendationView Of(FoundRecommendation found, string organisationName, Situation now)
    {
        var state = found.State;
        return new RecommendationView(
            state.Id.ToString(),
            state.Id.Inspection,
            found.Inspection.Title,
            state.Id.Number,
            state.OrganisationId.ToString(),
            organisationName,
            state.Text,
            state.Theme,
            state.Status,
            state.Version,
            state.PublishedOn,
            state.IssuedOn,
            state.IsOverdueOn(now.Today, now.Calendar),
            new AskView(state.Ask.Kind, state.Ask.DueOn, state.Ask.OriginalDueOn, state.Ask.Version, state.Ask.PausedUntil, state.Ask.IsOpen, state.Ask.OpenedOn, state.Ask.ClosedOn, state.Ask.Ladder.LastStep < 0 ? null : state.Ask.Ladder.LastStep, state.Ask.Ladder.UpwardHeldUntil),
            state.Answer,
            state.Answer?.Actions ?? [],
            state.Updates,
            state.Review,
            state.Closure,
            state.TimeRequest);
    }
}
