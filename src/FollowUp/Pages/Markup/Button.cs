using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Button : Component
{
    private static readonly HtmlString StartIcon = new(
        """<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>""");

    public string? Id { get; init; }
    public string? Href { get; init; }
    public string? Type { get; init; }
    public string? Name { get; init; }
    public string? Value { get; init; }
    public bool Disabled { get; init; }
    public bool? PreventDoubleClick { get; init; }
    public bool IsStartButton { get; init; }

    public IHtmlContent Render()
    {
        var element = string.IsNullOrEmpty(Href)
            ? new Element("button").With("type", Type ?? "submit").Attr("value", Value).Attr("name", Name)
                .Flag("disabled", Disabled).Attr("aria-disabled", Disabled ? "true" : null)
                .Attr("data-prevent-double-click", PreventDoubleClick is { } prevent ? prevent ? "true" : "false" : null)
            : new Element("a").With("href", Href).With("role", "button").With("draggable", "false");
        // A start button is a flexbox, which would drop the spaces between words and elements
        var words = Html is not null && IsStartButton ? new Element("span").Add(Html) : Body;
        return element
            .Class("govuk-button", Classes, IsStartButton ? "govuk-button--start" : null)
            .With("data-module", "govuk-button").Attrs(Attributes).Attr("id", Id)
            .Add(words, IsStartButton ? StartIcon : null);
    }
}
