using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace FollowUp.Tests.Pages;

/// <summary>Two pieces of markup that a browser reads alike come out as the same text: one node a line, attributes sorted, spaces folded.</summary>
internal static partial class MarkupNormaliser
{
    public static string Normalise(string html)
    {
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body></body>");
        var lines = new StringBuilder();
        foreach (var node in new HtmlParser().ParseFragment(html, document.Body!))
            Write(node, 0, lines);
        return lines.ToString();
    }

    private static void Write(INode node, int depth, StringBuilder lines)
    {
        var indent = new string(' ', depth * 2);
        if (node is IText text)
        {
            var keep = node.ParentElement?.LocalName == "textarea";
            var words = keep ? text.Data : Spaces().Replace(text.Data, " ").Trim();
            if (words.Length > 0)
                lines.AppendLine(indent + words);
        }
        else if (node is IElement element)
        {
            var attributes = element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $" {a.Name}=\"{Spaces().Replace(a.Value, " ").Trim()}\"");
            lines.Append(indent).Append('<').Append(element.LocalName).AppendJoin("", attributes).AppendLine(">");
            foreach (var child in element.ChildNodes)
                Write(child, depth + 1, lines);
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
