using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A table; inside stands plain table markup, to which classes and scopes are added.</summary>
[HtmlTargetElement("govuk-table")]
public sealed class TableTagHelper : ComponentTagHelper
{
    public string? Caption { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>.</summary>
    public string? CaptionSize { get; set; }

    /// <summary>Scrolls sideways by itself where the window is too narrow.</summary>
    public bool Scroll { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(TableTagHelper)] = this;
        var table = new Element("table").Class("govuk-table", Class).Attrs(Rest(output)).Add(
            Caption is null ? null : new Element("caption").Class("govuk-table__caption", CaptionSize is null ? null : "govuk-table__caption--" + CaptionSize).Text(Caption),
            await ChildrenAsync(output));
        Replace(output, Scroll
            ? new Element("div").Class("moj-scrollable-pane").With("role", "region").With("aria-label", Caption ?? "Table").With("tabindex", "0").Add(table)
            : table);
    }
}

/// <summary>The parts of a table inside <c>govuk-table</c>; anywhere else they stay as they are.</summary>
[HtmlTargetElement("thead")]
[HtmlTargetElement("tbody")]
[HtmlTargetElement("tr")]
[HtmlTargetElement("th")]
[HtmlTargetElement("td")]
public sealed class TablePartTagHelper : TagHelper
{
    private const string Scope = "govuk-table scope";

    /// <summary>A number, set to the right.</summary>
    public bool Numeric { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.ContainsKey(typeof(TableTagHelper)))
            return;
        var part = context.TagName.ToLowerInvariant();
        if (part is "thead" or "tbody")
            context.Items[Scope] = part == "thead" ? "col" : "row";
        if (part == "th" && !output.Attributes.ContainsName("scope"))
            output.Attributes.SetAttribute("scope", context.Items.TryGetValue(Scope, out var scope) ? scope : "row");
        var name = part switch { "thead" => "head", "tbody" => "body", "tr" => "row", "th" => "header", _ => "cell" };
        var own = output.Attributes.TryGetAttribute("class", out var given) ? " " + given.Value : null;
        output.Attributes.SetAttribute("class", $"govuk-table__{name}{(Numeric ? $" govuk-table__{name}--numeric" : null)}{own}");
    }
}
