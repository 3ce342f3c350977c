using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What came too late to be sent, in the words of a note: all that was typed, so that nobody types it again.</summary>
internal static class NoteWords
{
    public static string Of(TypedAnswer typed) => Paragraphs(
        [
            "This answer was not sent before the recommendation was closed.",
            typed.Position is { } position ? $"Answer: {position.InWords()}" : null,
            Labelled("Which part is agreed", typed.AgreedPart),
            Labelled("Why not the rest", typed.WhyPartly),
            Labelled("Why it is not agreed", typed.WhyNot),
            .. typed.Actions.Select((action, i) => action.IsEmpty ? null
                : $"Action {i + 1}: {ReplyWords.Typed(action.Step)}\nWho: {ReplyWords.Typed(action.Who)}\nBy: {ReplyWords.Typed(action.TargetOn)}"),
        ]);

    public static string Of(TypedUpdate typed) => Paragraphs(
        [
            "This report was not sent before the recommendation was closed.",
            Labelled("What has been done", typed.Text),
            .. typed.Actions.Select(action => string.Join('\n', new[]
            {
                $"Action {action.Number}: {(action.Progress is { } progress ? progress.InWords().Text : "not chosen")}",
                action.Progress == ActionProgress.Complete ? null : $"By: {ReplyWords.Typed(action.TargetOn)}",
                Labelled("Why the date has changed", action.Reason),
            }.OfType<string>())),
        ]);

    private static string? Labelled(string label, string? text) => string.IsNullOrWhiteSpace(text) ? null : $"{label}: {text.Trim()}";

    private static string Paragraphs(IEnumerable<string?> paragraphs) => string.Join("\n\n", paragraphs.OfType<string>());
}
