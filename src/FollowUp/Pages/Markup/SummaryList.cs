using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record SummaryAction : Component
{
    public string? Href { get; init; }
    public string? VisuallyHiddenText { get; init; }

    /// <summary>Makes it a button of the form around the list, or of the one that its attribute <c>form</c> names, which takes what is typed there along; it looks like the link.</summary>
    public (string Name, string Value)? Button { get; init; }

    public IHtmlContent Render(IHtmlContent? cardTitle)
    {
        var hidden = new Element("span").Class("govuk-visually-hidden");
        if (!string.IsNullOrEmpty(VisuallyHiddenText))
            hidden.Text(" " + VisuallyHiddenText);
        if (cardTitle is not null)
            hidden.Text(" (").Add(cardTitle).Text(")");
        var action = Button is var (name, value)
            ? new Element("button").Class("govuk-link followup-link-button", Classes).With("type", "submit").With("name", name).With("value", value)
            : new Element("a").Class("govuk-link", Classes).With("href", Href);
        return action.Attrs(Attributes)
            .Add(Body, string.IsNullOrEmpty(VisuallyHiddenText) && cardTitle is null ? null : hidden);
    }
}

internal sealed record SummaryActions : Component
{
    public IReadOnlyList<SummaryAction> Items { get; init; } = [];
}

internal sealed record SummaryRow : Component
{
    public Component? Key { get; init; }
    public Component? Value { get; init; }
    public SummaryActions? Actions { get; init; }

    public Element Render(bool anyActions, IHtmlContent? cardTitle) =>
        new Element("div").Class("govuk-summary-list__row", anyActions && Actions is null ? "govuk-summary-list__row--no-actions" : null, Classes).Add(
            new Element("dt").Class("govuk-summary-list__key", Key?.Classes).Add(Key?.Body),
            new Element("dd").Class("govuk-summary-list__value", Value?.Classes).Add(Value?.Body),
            Actions is not { Items.Count: > 0 }
                ? null
                : new Element("dd").Class("govuk-summary-list__actions", Actions.Classes).Add(ActionLinks(cardTitle)));

    private IHtmlContent ActionLinks(IHtmlContent? cardTitle) => Actions!.Items.Count == 1
        ? Actions.Items[0].Render(cardTitle)
        : new Element("ul").Class("govuk-summary-list__actions-list").Add(Actions.Items.Select(action =>
            new Element("li").Class("govuk-summary-list__actions-list-item").Add(action.Render(cardTitle))));
}

internal sealed record CardTitle : Component
{
    public int HeadingLevel { get; init; } = 2;
}

internal sealed record SummaryCard : Component
{
    public CardTitle? Title { get; init; }
    public SummaryActions? Actions { get; init; }

    public IHtmlContent Render(IHtmlContent list) =>
        new Element("div").Class("govuk-summary-card", Classes).Attrs(Attributes).Add(
            new Element("div").Class("govuk-summary-card__title-wrapper").Add(
                Title is null ? null : new Element($"h{Title.HeadingLevel}").Class("govuk-summary-card__title", Title.Classes).Add(Title.Body),
                ActionLinks()),
            new Element("div").Class("govuk-summary-card__content").Add(list));

    private Element? ActionLinks() => Actions switch
    {
        null or { Items.Count: 0 } => null,
        { Items: [var only] } => new Element("div").Class("govuk-summary-card__actions", Actions.Classes).Add(only.Render(Title?.Body)),
        _ => new Element("ul").Class("govuk-summary-card__actions", Actions.Classes).Add(Actions.Items.Select(action =>
            new Element("li").Class("govuk-summary-card__action").Add(action.Render(Title?.Body)))),
    };
}

internal sealed record SummaryList : Component
{
    public IReadOnlyList<SummaryRow?> Rows { get; init; } = [];
    public SummaryCard? Card { get; init; }

    public IHtmlContent Render()
    {
        var anyActions = Rows.Any(row => row?.Actions is { Items.Count: > 0 });
        var list = new Element("dl").Class("govuk-summary-list", Classes).Attrs(Attributes)
            .Add(Rows.Select(row => row?.Render(anyActions, Card?.Title?.Body)));
        return Card?.Render(list) ?? list;
    }
}
