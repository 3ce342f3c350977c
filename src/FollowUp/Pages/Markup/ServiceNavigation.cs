using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record NavigationLink : Component
{
    public string? Href { get; init; }

    /// <summary>Whether this is the page itself.</summary>
    public bool Current { get; init; }

    /// <summary>Whether the page is somewhere below.</summary>
    public bool Active { get; init; }

    public IHtmlContent Render()
    {
        var here = Current ? "page" : Active ? "true" : null;
        var words = here is null ? Body : new Element("strong").Class("govuk-service-navigation__active-fallback").Add(Body);
        var item = new Element("li").Class("govuk-service-navigation__item", here is null ? null : "govuk-service-navigation__item--active");
        if (!string.IsNullOrEmpty(Href))
            return item.Add(new Element("a").Class("govuk-service-navigation__link").With("href", Href).Attr("aria-current", here).Attrs(Attributes).Add(words));
        return Body is null ? item : item.Add(new Element("span").Class("govuk-service-navigation__text").Attr("aria-current", here).Add(words));
    }
}

internal sealed record ServiceNavigation : Component
{
    public string? ServiceName { get; init; }
    public string? ServiceUrl { get; init; }
    public string AriaLabel { get; init; } = "Service information";
    public string? MenuButtonText { get; init; }
    public string? MenuButtonLabel { get; init; }
    public string? NavigationId { get; init; }
    public string? NavigationLabel { get; init; }
    public string? NavigationClasses { get; init; }
    public bool? CollapseNavigationOnMobile { get; init; }
    public IReadOnlyList<NavigationLink?> Navigation { get; init; } = [];

    private string MenuText => string.IsNullOrEmpty(MenuButtonText) ? "Menu" : MenuButtonText;
    private string ListId => string.IsNullOrEmpty(NavigationId) ? "navigation" : NavigationId;

    public IHtmlContent Render()
    {
        var links = Navigation.OfType<NavigationLink>().ToArray();
        var outer = string.IsNullOrEmpty(ServiceName) ? new Element("div") : new Element("section").With("aria-label", AriaLabel);
        return outer.Class("govuk-service-navigation", Classes).With("data-module", "govuk-service-navigation").Attrs(Attributes).Add(
            new Element("div").Class("govuk-width-container").Add(
                new Element("div").Class("govuk-service-navigation__container").Add(Name(), links.Length == 0 ? null : List(links))));
    }

    private Element? Name() => string.IsNullOrEmpty(ServiceName)
        ? null
        : new Element("span").Class("govuk-service-navigation__service-name").Add(string.IsNullOrEmpty(ServiceUrl)
            ? new Element("span").Class("govuk-service-navigation__text").Text(ServiceName)
            : new Element("a").With("href", ServiceUrl).Class("govuk-service-navigation__link").Text(ServiceName));

    private Element List(NavigationLink[] links) =>
        new Element("nav").With("aria-label", string.IsNullOrEmpty(NavigationLabel) ? MenuText : NavigationLabel)
            .Class("govuk-service-navigation__wrapper", NavigationClasses).Add(
                (CollapseNavigationOnMobile ?? links.Length > 1) ? Toggle() : null,
                new Element("ul").Class("govuk-service-navigation__list").With("id", ListId).Add(links.Select(link => link.Render())));

    private Element Toggle() =>
        new Element("button").With("type", "button").Class("govuk-service-navigation__toggle govuk-js-service-navigation-toggle")
            .With("aria-controls", ListId).Attr("aria-label", MenuButtonLabel == MenuText ? null : MenuButtonLabel)
            .Flag("hidden", true).With("aria-hidden", "true").Text(MenuText);
}
