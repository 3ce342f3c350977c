namespace FollowUp.Recommendations;

/// <summary>What a page calls something, and the colour of its tag.</summary>
internal sealed record TagWords(string Text, string Colour);

/// <summary>What staff pages call the things of the register.</summary>
internal static class RecommendationWords
{
    private static readonly Dictionary<RecommendationStatus, TagWords> Statuses = new()
    {
        [RecommendationStatus.Draft] = new("Draft", "grey"),
        [RecommendationStatus.AwaitingResponse] = new("Awaiting answer", "blue"),
        [RecommendationStatus.Responded] = new("Answered", "purple"),
        [RecommendationStatus.InProgress] = new("In progress", "turquoise"),
        [RecommendationStatus.ReportedComplete] = new("Reported complete", "yellow"),
        [RecommendationStatus.Closed] = new("Closed", "green"),
    };

    private static readonly Dictionary<InspectionStage, TagWords> Stages = new()
    {
        [InspectionStage.Draft] = new("Draft", "grey"),
        [InspectionStage.Scheduled] = new("Scheduled", "blue"),
        [InspectionStage.Issuing] = new("Being issued", "yellow"),
        [InspectionStage.Issued] = new("Issued", "green"),
    };

    public static TagWords InWords(this RecommendationStatus status) => Statuses[status];

    public static TagWords InWords(this InspectionStage stage) => Stages[stage];

    public static string InWords(this AskKind kind) => kind == AskKind.Response ? "Answer" : "Progress update";

    public static string InWords(this Position position) => position switch
    {
        Position.Agreed => "Agreed",
        Position.PartlyAgreed => "Partly agreed",
        _ => "Not agreed",
    };

    public static TagWords InWords(this ActionProgress progress) => progress switch
    {
        ActionProgress.Complete => new("Complete", "green"),
        ActionProgress.UnderWay => new("Under way", "blue"),
        _ => new("Not started", "grey"),
    };

    public static string InWords(this Judgement judgement) => judgement switch
    {
        Judgement.Acceptable => "Acceptable",
        Judgement.AcceptableAlternative => "Acceptable alternative",
        _ => "Unacceptable",
    };

    public static string InWords(this ProgressJudgement progress) => progress switch
    {
        ProgressJudgement.None => "No progress",
        ProgressJudgement.Insufficient => "Insufficient progress",
        ProgressJudgement.Reasonable => "Reasonable progress",
        _ => "Good progress",
    };

    public static string InWords(this ClosureReason reason) => reason switch
    {
        ClosureReason.Implemented => "Implemented",
        ClosureReason.NotImplemented => "Not implemented",
        ClosureReason.NotAccepted => "Not accepted",
        ClosureReason.Superseded => "Superseded",
        _ => "Withdrawn",
    };
}
