using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Tag : Component
{
    public IHtmlContent Render() => new Element("strong").Class("govuk-tag", Classes).Attrs(Attributes).Add(Body);
}

internal sealed record InsetText : Component
{
    public string? Id { get; init; }

    public IHtmlContent Render() => new Element("div").Attr("id", Id).Class("govuk-inset-text", Classes).Attrs(Attributes).Add(Body);
}

internal sealed record WarningText : Component
{
    public string? IconFallbackText { get; init; }

    public IHtmlContent Render() => new Element("div").Class("govuk-warning-text", Classes).Attrs(Attributes).Add(
        new Element("span").Class("govuk-warning-text__icon").With("aria-hidden", "true").Text("!"),
        new Element("strong").Class("govuk-warning-text__text").Add(
            new Element("span").Class("govuk-visually-hidden").Text(string.IsNullOrEmpty(IconFallbackText) ? "Warning" : IconFallbackText),
            new TextContent(" "),
            Body));
}

internal sealed record Details : Component
{
    public string? Id { get; init; }
    public bool Open { get; init; }
    public string? SummaryText { get; init; }
    public IHtmlContent? SummaryHtml { get; init; }

    public IHtmlContent Render() => new Element("details").Attr("id", Id).Class("govuk-details", Classes).Attrs(Attributes).Flag("open", Open).Add(
        new Element("summary").Class("govuk-details__summary").Add(
            new Element("span").Class("govuk-details__summary-text").Add(SummaryHtml ?? new TextContent(SummaryText))),
        new Element("div").Class("govuk-details__text").Add(Body));
}

internal sealed record Panel : Component
{
    public string? TitleText { get; init; }
    public IHtmlContent? TitleHtml { get; init; }
    public int HeadingLevel { get; init; } = 1;

    private bool IsInterruption => Classes?.Contains("govuk-panel--interruption", StringComparison.Ordinal) is true;

    public IHtmlContent Render() => new Element("div").Class("govuk-panel", IsInterruption ? null : "govuk-panel--confirmation", Classes).Attrs(Attributes).Add(
        new Element($"h{HeadingLevel}").Class("govuk-panel__title").Add(TitleHtml ?? new TextContent(TitleText)),
        Body is null ? null : new Element("div").Class("govuk-panel__body").Add(Body));
}

internal sealed record NotificationBanner : Component
{
    public string? Type { get; init; }
    public string? Role { get; init; }
    public string? TitleText { get; init; }
    public IHtmlContent? TitleHtml { get; init; }
    public string? TitleId { get; init; }
    public int? TitleHeadingLevel { get; init; }
    public bool? DisableAutoFocus { get; init; }

    public IHtmlContent Render()
    {
        var success = Type == "success";
        var titleId = string.IsNullOrEmpty(TitleId) ? "govuk-notification-banner-title" : TitleId;
        return new Element("div").Class("govuk-notification-banner", success ? "govuk-notification-banner--success" : null, Classes)
            .With("role", Role ?? (success ? "alert" : "region")).With("aria-labelledby", titleId).With("data-module", "govuk-notification-banner")
            .Attr("data-disable-auto-focus", DisableAutoFocus is { } disable ? disable ? "true" : "false" : null)
            .Attrs(Attributes).Add(
                new Element("div").Class("govuk-notification-banner__header").Add(
                    new Element($"h{TitleHeadingLevel ?? 2}").Class("govuk-notification-banner__title").With("id", titleId)
                        .Add(TitleHtml ?? new TextContent(TitleText ?? (success ? "Success" : "Important")))),
                new Element("div").Class("govuk-notification-banner__content").Add(
                    Html ?? (Text is null ? null : new Element("p").Class("govuk-notification-banner__heading").Text(Text))));
    }
}
