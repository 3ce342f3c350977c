using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Legend : Component
{
    public bool IsPageHeading { get; init; }

    public IHtmlContent? Render() => Body is null
        ? null
        : new Element("legend").Class("govuk-fieldset__legend", Classes)
            .Add(IsPageHeading ? new Element("h1").Class("govuk-fieldset__heading").Add(Body) : Body);
}

internal sealed record Fieldset : Component
{
    public Legend? Legend { get; init; }
    public string? Role { get; init; }
    public string? DescribedBy { get; init; }

    public IHtmlContent Render() =>
        new Element("fieldset").Class("govuk-fieldset", Classes)
            .Attr("role", Role).Attr("aria-describedby", DescribedBy).Attrs(Attributes)
            .Add(Legend?.Render(), Html);
}
