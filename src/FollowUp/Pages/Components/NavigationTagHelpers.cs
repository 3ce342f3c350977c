using System.Globalization;
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

[HtmlTargetElement("govuk-breadcrumbs")]
public sealed class BreadcrumbsTagHelper : ComponentTagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Breadcrumbs
    {
        Items = await output.CollectAsync<Link>(context),
        CollapseOnMobile = true,
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-breadcrumb")]
public sealed class BreadcrumbTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        context.HandUp(output, new Link { Href = Href, Html = await ChildrenAsync(output), Attributes = Rest(output) });
}

/// <summary>Pages by number (<c>page</c>, <c>pages</c>, <c>href</c> with {0}) or the previous and the next alone.</summary>
[HtmlTargetElement("govuk-pagination")]
public sealed class PaginationTagHelper : ComponentTagHelper
{
    public int Page { get; set; }
    public int Pages { get; set; }

    /// <summary>The address of a page, with {0} for its number.</summary>
    public string? Href { get; set; }

    public string? Previous { get; set; }
    public string? PreviousLabel { get; set; }
    public string? Next { get; set; }
    public string? NextLabel { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var previous = Previous ?? (Page > 1 ? Address(Page - 1) : null);
        var next = Next ?? (Page < Pages ? Address(Page + 1) : null);
        Replace(output, previous is null && next is null ? null : new Pagination
        {
            Previous = previous is null ? null : new PageLink { Href = previous, LabelText = PreviousLabel },
            Next = next is null ? null : new PageLink { Href = next, LabelText = NextLabel },
            Items = Pages > 1 ? [.. Numbers()] : null,
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
    }

    // The first, the last, and those beside the current page
    private IEnumerable<PageItem> Numbers()
    {
        var last = 0;
        foreach (var number in Enumerable.Range(1, Pages).Where(number => number == 1 || number == Pages || Math.Abs(number - Page) <= 1))
        {
            if (number - last == 2)
                yield return Item(number - 1);
            else if (number - last > 2)
                yield return new PageItem { Ellipsis = true };
            yield return Item(number);
            last = number;
        }
    }

    private PageItem Item(int number) =>
        new() { Number = number.ToString(CultureInfo.InvariantCulture), Href = Address(number), Current = number == Page };

    private string Address(int number) => (Href ?? "?page={0}").Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
