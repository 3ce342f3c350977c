using System.Security.Claims;
using FollowUp.Access;

namespace FollowUp.Recommendations;

/// <summary>Something that staff can do with a recommendation, on a page of its own.</summary>
/// <param name="Slug">The last part of the page's address.</param>
/// <param name="Applies">Whether the state calls for it or allows it.</param>
internal sealed record StaffAction(string Slug, string Label, Func<Recommendation, bool> Applies)
{
    /// <summary>Whether it has a button of its own; what has not is offered beside the facts that it changes.</summary>
    public bool IsOffered { get; init; } = true;

    public static IReadOnlyList<StaffAction> All { get; } =
    [
        new("review", "Review the answer", s => s is { Status: RecommendationStatus.Responded, Answer: not null, Review: null }),
        new("verify", "Judge the progress", s => s.Updates is [.., { Judgement: null }] && s.Status is (RecommendationStatus.InProgress or RecommendationStatus.ReportedComplete)),
        new("extend", "Extend the deadline", s => s.Ask.IsOpen),
        new("refuse-time", "Refuse more time", s => s.TimeRequest is not null),
        new("pause", "Pause chasing", s => s.Ask is { IsOpen: true, PausedUntil: null }),
        new("resume", "Resume chasing", s => s.Ask is { IsOpen: true, PausedUntil: not null }),
        new("hold-upward", "Hold upward emails", s => s.Ask is { IsOpen: true, Ladder.Rests: false }) { IsOffered = false },
        new("release-upward", "Release upward emails", s => s.Ask is { IsOpen: true, Ladder.UpwardHeldUntil: not null }) { IsOffered = false },
        new("reassign", "Give to another organisation", s => s.Status != RecommendationStatus.Closed),
        new("close", "Close", s => s.Status != RecommendationStatus.Closed),
        new("reopen", "Open again", s => s.Status == RecommendationStatus.Closed),
    ];

    /// <summary>What a person may do with a recommendation in its present state, the most pressing first.</summary>
    public static IEnumerable<StaffAction> For(Recommendation state, ClaimsPrincipal user) =>
        All.Where(action => action.IsOffered && action.Applies(state) && user.May("POST", $"staff/recommendations/{{inspection}}/{{number}}/{action.Slug}"))
            .OrderByDescending(action => action.Slug == "close" && state.AwaitsClosing);
}
