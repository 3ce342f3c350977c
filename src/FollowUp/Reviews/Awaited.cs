using FollowUp.Recommendations;

namespace FollowUp.Reviews;

/// <summary>What a recommendation that awaits review waits for.</summary>
/// <param name="Slug">The last part of the address of the page where it is decided; empty for the recommendation's own page.</param>
internal sealed record Awaited(string What, string Slug, DateTimeOffset Since)
{
    public static Awaited Of(Recommendation state) => state switch
    {
        { Status: RecommendationStatus.Responded, Review: null, Answer: { } answer } => new("Review the answer", "review", answer.At),
        { TimeRequest: { } request } => new("Decide about more time", "extend", request.At),
        { Updates: [.., { Judgement: null } update] } => new("Judge the progress", "verify", update.At),
        { AwaitsClosing: true, Review: { } review } => new("Close it", "close", review.At),
        _ => new("Look at it", "", default),
    };
}
