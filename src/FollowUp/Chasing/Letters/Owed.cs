using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>What is owed, in words: an answer, a progress update, or in a digest of both a reply.</summary>
/// <param name="Noun">As in "your answer".</param>
/// <param name="Preposition">As in "your answer to recommendation 1".</param>
/// <param name="Verb">As in "Answer recommendation 1".</param>
internal sealed record Owed(string Noun, string Preposition, string Verb)
{
    private static readonly Owed Answer = new("answer", "to", "answer");
    private static readonly Owed Progress = new("progress update", "on", "report progress on");
    private static readonly Owed Reply = new("reply", "on", "reply on");

    public static Owed Of(AskKind kind) => kind == AskKind.Response ? Answer : Progress;

    public static Owed On(IEnumerable<Matter> matters) => matters.Select(m => m.Kind).Distinct().ToList() is [var kind] ? Of(kind) : Reply;

    /// <summary>"recommendation 1" or "3 recommendations".</summary>
    public static string What(IReadOnlyList<Matter> matters) =>
        matters is [var only] ? $"recommendation {only.Recommendation.Id.Number}" : Words.Count(matters.Count, "recommendation");
}
