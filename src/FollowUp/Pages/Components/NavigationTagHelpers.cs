using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-back-link")]
public sealed class BackLinkTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new BackLink { Href = Href, Html = await ChildrenAsync(output), Classes = Class, Attributes = Rest(output) }.Render());
}

[HtmlTargetElement("govuk-skip-link")]
public sealed class SkipLinkTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new SkipLink { Href = Href, Html = await ChildrenAsync(output), Classes = Class, Attributes = Rest(output) }.Render());
}

/// <summary>The pages before and after this one.</summary>
[HtmlTargetElement("govuk-pagination")]
public sealed class PaginationTagHelper : ComponentTagHelper
{
    public string? Previous { get; set; }
    public string? PreviousLabel { get; set; }
    public string? Next { get; set; }
    public string? NextLabel { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, Previous is null && Next is null ? null : new Pagination
        {
            Previous = Previous is null ? null : new PageLink { Href = Previous, LabelText = PreviousLabel },
            Next = Next is null ? null : new PageLink { Href = Next, LabelText = NextLabel },
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
}
