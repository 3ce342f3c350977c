using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Label : Component
{
    public string? For { get; init; }
    public bool IsPageHeading { get; init; }

    public IHtmlContent? Render()
    {
        if (Body is null)
            return null;
        var label = new Element("label").Class("govuk-label", Classes).Attrs(Attributes).Attr("for", For).Add(Body);
        return IsPageHeading ? new Element("h1").Class("govuk-label-wrapper").Add(label) : label;
    }
}

internal sealed record Hint : Component
{
    public string? Id { get; init; }

    public IHtmlContent Render() => new Element("div").Attr("id", Id).Class("govuk-hint", Classes).Attrs(Attributes).Add(Body);
}

internal sealed record ErrorMessage : Component
{
    public string? Id { get; init; }

    /// <summary>Read out before the message; empty for none.</summary>
    public string VisuallyHiddenText { get; init; } = "Error";

    public IHtmlContent Render() =>
        new Element("p").Attr("id", Id).Class("govuk-error-message", Classes).Attrs(Attributes)
            .Add(VisuallyHiddenText.Length == 0 ? null : new Element("span").Class("govuk-visually-hidden").Text(VisuallyHiddenText + ":"))
            .Add(VisuallyHiddenText.Length == 0 ? null : new TextContent(" "))
            .Add(Body);
}
