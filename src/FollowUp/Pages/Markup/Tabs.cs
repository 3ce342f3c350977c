using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Tab : Component
{
    public string? Id { get; init; }
    public string? Label { get; init; }
    public Component? Panel { get; init; }
}

internal sealed record Tabs : Component
{
    public string? Id { get; init; }
    public string? IdPrefix { get; init; }
    public string Title { get; init; } = "Contents";
    public IReadOnlyList<Tab?> Items { get; init; } = [];

    public IHtmlContent Render() =>
        new Element("div").Attr("id", Id).Class("govuk-tabs", Classes).Attrs(Attributes).With("data-module", "govuk-tabs").Add(
            new Element("h2").Class("govuk-tabs__title").Text(Title),
            Items.Count == 0 ? null : new Element("ul").Class("govuk-tabs__list").Add(Items.Select((tab, index) => tab is null ? null : Item(tab, index))),
            new Pieces(Items.Select((tab, index) => tab is null ? null : Panel(tab, index))));

    private string PanelId(Tab tab, int index) => tab.Id ?? $"{IdPrefix}-{index + 1}";

    private Element Item(Tab tab, int index) =>
        new Element("li").Class("govuk-tabs__list-item", index == 0 ? "govuk-tabs__list-item--selected" : null)
            .Add(new Element("a").Class("govuk-tabs__tab").With("href", "#" + PanelId(tab, index)).Attrs(tab.Attributes).Text(tab.Label));

    private Element Panel(Tab tab, int index) =>
        new Element("div").Class("govuk-tabs__panel", index == 0 ? null : "govuk-tabs__panel--hidden").With("id", PanelId(tab, index)).Attrs(tab.Panel?.Attributes)
            .Add(tab.Panel?.Html ?? (tab.Panel?.Text is { } text ? new Element("p").Class("govuk-body").Text(text) : null));
}
