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
