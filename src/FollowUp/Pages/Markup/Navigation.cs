using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record BackLink : Component
{
    public string? Href { get; init; }

    public IHtmlContent Render() => new Element("a").With("href", string.IsNullOrEmpty(Href) ? "#" : Href).Class("govuk-back-link", Classes).Attrs(Attributes)
        .Add(Body ?? new TextContent("Back"));
}

internal sealed record SkipLink : Component
{
    public string? Href { get; init; }

    public IHtmlContent Render() => new Element("a").With("href", string.IsNullOrEmpty(Href) ? "#content" : Href).Class("govuk-skip-link", Classes)
        .Attrs(Attributes).With("data-module", "govuk-skip-link").Add(Body);
}

internal sealed record Breadcrumbs : Component
{
    public IReadOnlyList<Link> Items { get; init; } = [];
    public bool CollapseOnMobile { get; init; }
    public string LabelText { get; init; } = "Breadcrumb";

    public IHtmlContent Render() =>
        new Element("nav").Class("govuk-breadcrumbs", Classes, CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null)
            .Attrs(Attributes).With("aria-label", LabelText)
            .Add(new Element("ol").Class("govuk-breadcrumbs__list").Add(Items.Select(Item)));

    private static IHtmlContent Item(Link item)
    {
        var listItem = new Element("li").Class("govuk-breadcrumbs__list-item");
        return string.IsNullOrEmpty(item.Href)
            ? listItem.With("aria-current", "page").Add(item.Body)
            : listItem.Add(new Element("a").Class("govuk-breadcrumbs__link").With("href", item.Href).Attrs(item.Attributes).Add(item.Body));
    }
}

internal sealed record PhaseBanner : Component
{
    public Tag? Tag { get; init; }

    public IHtmlContent Render() => new Element("div").Class("govuk-phase-banner", "govuk-width-container", Classes).Attrs(Attributes).Add(
        new Element("p").Class("govuk-phase-banner__content").Add(
            ((Tag ?? new Tag()) with { Classes = "govuk-phase-banner__content__tag " + Tag?.Classes }).Render(),
            new TextContent(" "),
            new Element("span").Class("govuk-phase-banner__text").Add(Body)));
}

/// <summary>The header for services that are not on GOV.UK: a name, and no crown.</summary>
internal sealed record GenericHeader : Component
{
    public string? Url { get; init; }
    public string? ContainerClasses { get; init; }
    public string? LogoText { get; init; }
    public IHtmlContent? LogoHtml { get; init; }

    public IHtmlContent Render() => new Element("div").Class("govuk-generic-header", Classes).Attrs(Attributes).Add(
        new Element("div").Class("govuk-generic-header__container", string.IsNullOrEmpty(ContainerClasses) ? "govuk-width-container" : ContainerClasses).Add(
            new Element("div").Class("govuk-generic-header__logo").Add(
                new Element("a").With("href", string.IsNullOrEmpty(Url) ? "/" : Url).Class("govuk-generic-header__homepage-link")
                    .Add(LogoHtml ?? new TextContent(LogoText)))));
}
