using System.Text.Json.Nodes;
using FollowUp.Pages.Components;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Tests.Pages;

/// <summary>Writes a table's fixture as a page would, in plain table markup, and runs the tag helpers over it.</summary>
internal static class GovukTable
{
    public static IHtmlContent Render(JsonObject options)
    {
        var items = new Dictionary<object, object>();
        var table = new TableTagHelper { Caption = (string?)options["caption"], Class = (string?)options["classes"] };
        if ((string?)options["captionClasses"] is { } size)
            table.CaptionSize = size["govuk-table__caption--".Length..];
        return Run(table, "table", Attributes(options), items, inside => new Pieces(
            options["head"] is JsonArray head
                ? Part("thead", [], inside, scope => Part("tr", [], scope, row => Cells(head, "th", "th", row)))
                : null,
            Part("tbody", [], inside, scope => new Pieces((options["rows"] as JsonArray ?? []).OfType<JsonArray>().Select(cells =>
                Part("tr", [], scope, row => Cells(cells, options["firstCellIsHeader"]?.GetValue<bool>() is true ? "th" : "td", "td", row)))))));
    }

    private static Pieces Cells(JsonArray cells, string first, string other, Dictionary<object, object> items) =>
        new(cells.OfType<JsonObject>().Select((cell, index) =>
        {
            var attributes = Attributes(cell);
            foreach (var name in (string[])["colspan", "rowspan"])
            {
                if (cell[name] is { } span)
                    attributes.Add(name, span.ToString());
            }

            if ((string?)cell["classes"] is { } classes)
                attributes.Add("class", classes);
            IHtmlContent words = (string?)cell["html"] is { Length: > 0 } html ? new HtmlString(html) : new TextContent(cell["text"]?.ToString());
            return Part(index == 0 ? first : other, attributes, items, _ => words, (string?)cell["format"] == "numeric");
        }));

    private static TagHelperAttributeList Attributes(JsonObject options) =>
        [.. (options["attributes"] as JsonObject ?? []).Select(pair => new TagHelperAttribute(pair.Key, pair.Value?.ToString()))];

    private static TagHelperOutput Part(string name, TagHelperAttributeList attributes, Dictionary<object, object> items,
        Func<Dictionary<object, object>, IHtmlContent> children, bool numeric = false) =>
        Run(new TablePartTagHelper { Numeric = numeric }, name, attributes, items, children);

    private static TagHelperOutput Run(TagHelper helper, string name, TagHelperAttributeList attributes, Dictionary<object, object> items,
        Func<Dictionary<object, object>, IHtmlContent> children)
    {
        var scope = new Dictionary<object, object>(items);
        var output = new TagHelperOutput(name, attributes, (_, _) =>
            Task.FromResult<TagHelperContent>(new DefaultTagHelperContent().SetHtmlContent(children(scope))));
        helper.ProcessAsync(new TagHelperContext(name, attributes, scope, name), output).GetAwaiter().GetResult();
        if (!output.IsContentModified)
            output.Content.SetHtmlContent(output.GetChildContentAsync().GetAwaiter().GetResult());
        return output;
    }
}
