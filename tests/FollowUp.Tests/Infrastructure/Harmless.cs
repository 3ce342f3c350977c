using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Whether what somebody typed is mere text on a page.</summary>
internal static class Harmless
{
    private static readonly string[] Dangerous = ["iframe", "object", "embed", "base", "math", "template", "marquee", "portal", "video", "audio", "noscript", "plaintext", "xmp", "style"];

    /// <summary>The tags and the names of their attributes in their order, without what tells of errors: whatever was typed, it must be the same.</summary>
    public static string Skeleton(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        foreach (var telling in document.QuerySelectorAll(".govuk-error-summary, .govuk-error-message").ToList())
            telling.Remove();
        return string.Join('\n', document.All.Select(e => $"{e.LocalName} {string.Join(',', e.Attributes.Select(a => a.Name).Where(n => n != "aria-describedby").Order(StringComparer.Ordinal))}"));
    }

    /// <summary>What no page of ours has.</summary>
    public static IReadOnlyList<string> Faults(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        return
        [
            .. document.All.Where(e => Dangerous.Contains(e.LocalName)).Select(e => e.LocalName),
            .. document.All.SelectMany(e => e.Attributes.Where(a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name is "style" or "srcdoc").Select(a => $"{e.LocalName} {a.Name}")),
            .. document.QuerySelectorAll("script").Where(s => s.GetAttribute("src")?.StartsWith("/assets/", StringComparison.Ordinal) != true || s.TextContent.Length > 0).Select(_ => "script"),
            .. document.QuerySelectorAll("[href], [src], [action]").Select(Target).Where(t => t.Contains("evil", StringComparison.OrdinalIgnoreCase) || t.TrimStart().StartsWith("javascript", StringComparison.OrdinalIgnoreCase) || t.StartsWith("data:", StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private static string Target(IElement element) => element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action") ?? "";
}
