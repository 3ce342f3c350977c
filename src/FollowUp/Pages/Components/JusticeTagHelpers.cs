using System.Globalization;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("moj-timeline")]
public sealed class TimelineTagHelper : ComponentTagHelper
{
    public int HeadingLevel { get; set; } = 2;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Timeline
    {
        HeadingLevel = HeadingLevel,
        Items = await output.CollectAsync<TimelineItem>(context),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("moj-timeline-item")]
public sealed class TimelineItemTagHelper : ComponentTagHelper
{
    public string? Title { get; set; }
    public string? By { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The moment in words.</summary>
    public string? Date { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => context.HandUp(output, new TimelineItem
    {
        Title = Title,
        By = By,
        Timestamp = At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Date = Date,
        Html = await ChildrenAsync(output),
        Classes = Class,
        Attributes = Rest(output),
    });
}

[HtmlTargetElement("moj-sub-navigation")]
public sealed class SubNavigationTagHelper : ComponentTagHelper
{
    public string Label { get; set; } = "Secondary navigation region";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new SubNavigation
    {
        Label = Label,
        Items = await output.CollectAsync<SubNavigationLink>(context),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("moj-sub-navigation-item")]
public sealed class SubNavigationItemTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }
    public bool Current { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => context.HandUp(output, new SubNavigationLink
    {
        Href = Href,
        Active = Current,
        Html = await ChildrenAsync(output),
        Attributes = Rest(output),
    });
}
