using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record TimelineItem : Component
{
    public string? Title { get; init; }
    public string? By { get; init; }

    /// <summary>The moment for machines, as ISO 8601.</summary>
    public string? Timestamp { get; init; }

    /// <summary>The moment for people.</summary>
    public string? Date { get; init; }

    public IHtmlContent Render(int headingLevel) => new Element("div").Class("moj-timeline__item", Classes).Attrs(Attributes).Add(
        new Element("div").Class("moj-timeline__header").Add(
            new Element($"h{headingLevel}").Class("moj-timeline__title").Text(Title),
            new TextContent(" "),
            string.IsNullOrEmpty(By) ? null : new Element("p").Class("moj-timeline__byline").Text("by " + By)),
        new Element("p").Class("moj-timeline__date").Add(new Element("time").With("datetime", Timestamp).Text(Date)),
        new Element("div").Class("moj-timeline__description").Add(Body));
}

internal sealed record Timeline : Component
{
    public int HeadingLevel { get; init; } = 2;
    public IReadOnlyList<TimelineItem> Items { get; init; } = [];

    public IHtmlContent Render() => new Element("div").Class("moj-timeline", Classes).Attrs(Attributes).Add(Items.Select(item => item.Render(HeadingLevel)));
}

internal sealed record SubNavigationLink : Component
{
    public string? Href { get; init; }
    public bool Active { get; init; }
}

internal sealed record SubNavigation : Component
{
    public string Label { get; init; } = "Secondary navigation region";
    public IReadOnlyList<SubNavigationLink> Items { get; init; } = [];

    public IHtmlContent Render() => new Element("nav").Class("moj-sub-navigation", Classes).With("aria-label", Label).Attrs(Attributes).Add(
        new Element("ul").Class("moj-sub-navigation__list").Add(Items.Select(item =>
            new Element("li").Class("moj-sub-navigation__item", item.Classes).Add(
                new Element("a").Class("moj-sub-navigation__link").Attr("aria-current", item.Active ? "page" : null).With("href", item.Href)
                    .Attrs(item.Attributes).Add(item.Body)))));
}
