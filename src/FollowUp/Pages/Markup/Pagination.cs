using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record PageLink : Component
{
    public string? Href { get; init; }
    public string? LabelText { get; init; }
}

internal sealed record PageItem : Component
{
    public string? Number { get; init; }
    public string? Href { get; init; }
    public bool Current { get; init; }
    public bool Ellipsis { get; init; }
    public string? VisuallyHiddenText { get; init; }
}

internal sealed record Pagination : Component
{
    private const string Svg = """<svg class="govuk-pagination__icon govuk-pagination__icon--{0}" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="{1}"></path></svg>""";
    private static readonly HtmlString PreviousArrow = Arrow("prev", "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z");
    private static readonly HtmlString NextArrow = Arrow("next", "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z");

    public PageLink? Previous { get; init; }
    public PageLink? Next { get; init; }
    public IReadOnlyList<PageItem?>? Items { get; init; }
    public string? LandmarkLabel { get; init; }

    private bool BlockLevel => Items is null && (Next ?? Previous) is not null;

    public IHtmlContent Render() =>
        new Element("nav").Class("govuk-pagination", BlockLevel ? "govuk-pagination--block" : null, Classes)
            .With("aria-label", string.IsNullOrEmpty(LandmarkLabel) ? "Pagination" : LandmarkLabel).Attrs(Attributes).Add(
                Step(Previous, "prev", "Previous"),
                Items is null ? null : new Element("ul").Class("govuk-pagination__list").Add(Items.Select(Item)),
                Step(Next, "next", "Next"));

    private Element? Step(PageLink? link, string type, string word)
    {
        if (string.IsNullOrEmpty(link?.Href))
            return null;
        var words = link.Body ?? new Pieces(new TextContent(word), new Element("span").Class("govuk-visually-hidden").Text(" page"));
        var labelled = !string.IsNullOrEmpty(link.LabelText);
        return new Element("div").Class("govuk-pagination__" + type).Add(
            new Element("a").Class("govuk-link govuk-pagination__link").With("href", link.Href).With("rel", type).Attrs(link.Attributes).Add(
                type == "prev" ? PreviousArrow : BlockLevel ? NextArrow : null,
                new Element("span").Class("govuk-pagination__link-title", BlockLevel && !labelled ? "govuk-pagination__link-title--decorated" : null).Add(words),
                BlockLevel && labelled ? Label(link.LabelText) : null,
                type == "next" && !BlockLevel ? NextArrow : null));
    }

    private static Pieces Label(string? text) => new(
        new Element("span").Class("govuk-visually-hidden").Text(":"),
        new TextContent(" "),
        new Element("span").Class("govuk-pagination__link-label").Text(text));

    private static Element? Item(PageItem? item)
    {
        if (item is null or { Number: null, Ellipsis: false })
            return null;
        var listItem = new Element("li").Class("govuk-pagination__item",
            item.Current ? "govuk-pagination__item--current" : null, item.Ellipsis ? "govuk-pagination__item--ellipsis" : null);
        return item.Ellipsis
            ? listItem.Text("⋯")
            : listItem.Add(new Element("a").Class("govuk-link govuk-pagination__link").With("href", item.Href)
                .With("aria-label", item.VisuallyHiddenText ?? "Page " + item.Number)
                .Attr("aria-current", item.Current ? "page" : null).Attrs(item.Attributes).Text(item.Number));
    }

    private static HtmlString Arrow(string type, string path) =>
        new(Svg.Replace("{0}", type, StringComparison.Ordinal).Replace("{1}", path, StringComparison.Ordinal));
}
