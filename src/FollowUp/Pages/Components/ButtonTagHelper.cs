using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A button, or a link that looks like one when it has an address.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class ButtonTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }
    public string? Name { get; set; }
    public string? Value { get; set; }

    /// <summary><c>secondary</c>, <c>warning</c> or <c>inverse</c>.</summary>
    public string? Variant { get; set; }

    public bool Start { get; set; }
    public bool PreventDoubleClick { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Button
    {
        Href = Href,
        Name = Name,
        Value = Value,
        IsStartButton = Start,
        PreventDoubleClick = PreventDoubleClick ? true : null,
        Classes = $"{(Variant is null ? null : "govuk-button--" + Variant)} {Class}",
        Html = await ChildrenAsync(output),
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-button-group")]
public sealed class ButtonGroupTagHelper : ComponentTagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new Element("div").Class("govuk-button-group", Class).Attrs(Rest(output)).Add(await ChildrenAsync(output)));
}
