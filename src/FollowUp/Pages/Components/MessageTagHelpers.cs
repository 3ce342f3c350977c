using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-tag")]
public sealed class GovukTagTagHelper : ComponentTagHelper
{
    /// <summary>grey, green, turquoise, purple, pink, red, orange or yellow; none is blue.</summary>
    public string? Colour { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Tag
    {
        Html = await ChildrenAsync(output),
        Classes = $"{ColourClass(Colour)} {Class}",
        Attributes = Rest(output),
    }.Render());

    internal static string? ColourClass(string? colour) => colour is null or "" or "blue" ? null : "govuk-tag--" + colour;
}

[HtmlTargetElement("govuk-inset-text")]
public sealed class InsetTextTagHelper : ComponentTagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new InsetText { Html = await ChildrenAsync(output), Classes = Class, Attributes = Rest(output) }.Render());
}

[HtmlTargetElement("govuk-warning-text")]
public sealed class WarningTextTagHelper : ComponentTagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new WarningText { Html = await ChildrenAsync(output), Classes = Class, Attributes = Rest(output) }.Render());
}

[HtmlTargetElement("govuk-details")]
public sealed class DetailsTagHelper : ComponentTagHelper
{
    public string? Summary { get; set; }
    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Details
    {
        SummaryText = Summary,
        Open = Open,
        Html = await ChildrenAsync(output),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-panel")]
public sealed class PanelTagHelper : ComponentTagHelper
{
    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Panel
    {
        TitleText = Title,
        Html = await ChildrenAsync(output),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-notification-banner")]
public sealed class NotificationBannerTagHelper : ComponentTagHelper
{
    /// <summary><c>success</c> or nothing.</summary>
    public string? Type { get; set; }

    public string? Title { get; set; }
    public string? TitleId { get; set; }

    /// <summary>One line in place of content.</summary>
    public string? Heading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new NotificationBanner
    {
        Type = Type,
        TitleText = Title,
        TitleId = TitleId,
        Text = Heading,
        Html = await ChildrenAsync(output),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}
