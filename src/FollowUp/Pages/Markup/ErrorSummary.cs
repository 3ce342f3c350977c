using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Link : Component
{
    public string? Href { get; init; }
}

internal sealed record ErrorSummary : Component
{
    public string TitleText { get; init; } = "There is a problem";
    public IHtmlContent? TitleHtml { get; init; }
    public string? DescriptionText { get; init; }
    public IHtmlContent? DescriptionHtml { get; init; }
    public IReadOnlyList<Link> ErrorList { get; init; } = [];
    public bool? DisableAutoFocus { get; init; }

    public IHtmlContent Render()
    {
        var description = DescriptionHtml ?? (DescriptionText is null ? null : new TextContent(DescriptionText));
        return new Element("div").Class("govuk-error-summary", Classes)
            .Attr("data-disable-auto-focus", DisableAutoFocus is { } disable ? disable ? "true" : "false" : null)
            .Attrs(Attributes).With("data-module", "govuk-error-summary")
            // The alert is a child, so that moving the focus to the summary does not cut its announcement short
            .Add(new Element("div").With("role", "alert").Add(
                new Element("h2").Class("govuk-error-summary__title").Add(TitleHtml ?? new TextContent(TitleText)),
                new Element("div").Class("govuk-error-summary__body").Add(
                    description is null ? null : new Element("p").Add(description),
                    ErrorList.Count == 0 ? null : new Element("ul").Class("govuk-list", "govuk-error-summary__list").Add(ErrorList.Select(Item)))));
    }

    private static IHtmlContent Item(Link error) => new Element("li").Add(
        string.IsNullOrEmpty(error.Href) ? error.Body : new Element("a").With("href", error.Href).Attrs(error.Attributes).Add(error.Body));
}
