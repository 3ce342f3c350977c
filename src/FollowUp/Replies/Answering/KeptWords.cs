using System.Globalization;
using System.Text.RegularExpressions;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>How the page that keeps a form's text calls what stands in it: by the labels of the fields, with dates put together and without what nobody typed.</summary>
internal static partial class KeptWords
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["position"] = "Your answer",
        ["agreedPart"] = "Which part you agree with",
        ["whyPartly"] = "Why you do not agree with the rest",
        ["whyNot"] = "Why you do not agree",
        ["step"] = "what you will do",
        ["who"] = "who will do it",
        ["progress"] = "how far it is",
        ["targetOn"] = "when it will be done",
        ["actions.reason"] = "why the date has changed",
        ["text"] = "Your text",
        ["dueOn"] = "The date that you ask for",
        ["reason"] = "Why you need more time",
        ["name"] = "Full name",
        ["email"] = "Email address",
        ["role"] = "Job title",
    };

    public static IReadOnlyList<(string Label, string Text)> Of(IReadOnlyList<(string Name, string Value)> fields)
    {
        // A colleague's role is a choice and no job title
        var isNomination = fields.Any(f => f.Name.Equals("email", StringComparison.OrdinalIgnoreCase));
        var typed = new OrderedDictionary<string, string>();
        foreach (var (name, value) in fields.Where(f => !string.IsNullOrWhiteSpace(f.Value)))
        {
            var field = Field().Match(name);
            if (Label(field) is { } label && !(isNomination && label == Labels["role"]))
            {
                var words = Words(field.Groups["field"].Value, value);
                typed[label] = typed.TryGetValue(label, out var before) ? $"{before} {words}" : words;
            }
        }

        return [.. typed.Select(t => (t.Key, t.Value))];
    }

    private static string? Label(Match name)
    {
        var (action, field) = (name.Groups["action"].Value, name.Groups["field"].Value);
        if (action.Length == 0)
        {
            return Labels.GetValueOrDefault(field);
        }

        return Labels.GetValueOrDefault("actions." + field, Labels.GetValueOrDefault(field, "")) is { Length: > 0 } label && int.TryParse(action, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? $"Action {index + 1}: {label}"
            : null;
    }

    private static string Words(string field, string value) => field switch
    {
        _ when field.Equals("position", StringComparison.OrdinalIgnoreCase) && Json.TryReadWord<Position>(value, out var position) => position.InWords(),
        _ when field.Equals("progress", StringComparison.OrdinalIgnoreCase) && Json.TryReadWord<ActionProgress>(value, out var progress) => progress.InWords().Text,
        _ => value,
    };

    [GeneratedRegex(@"^(actions\[(?<action>\d{1,3})\]\.)?(?<field>\w+)(\.(day|month|year))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Field();
}
