using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record TaskStatus : Component
{
    public Tag? Tag { get; init; }
}

internal sealed record TaskItem : Component
{
    public Component? Title { get; init; }
    public Hint? Hint { get; init; }
    public TaskStatus? Status { get; init; }
    public string? Href { get; init; }

    public IHtmlContent Render(string idPrefix, int index)
    {
        var hintId = Hint is null ? null : $"{idPrefix}-{index}-hint";
        var statusId = $"{idPrefix}-{index}-status";
        var title = string.IsNullOrEmpty(Href)
            ? new Element("div").Class(Title?.Classes)
            : new Element("a").Class("govuk-link govuk-task-list__link", Title?.Classes).With("href", Href).With("aria-describedby", $"{hintId} {statusId}".Trim());
        return new Element("li").Class("govuk-task-list__item", string.IsNullOrEmpty(Href) ? null : "govuk-task-list__item--with-link", Classes).Add(
            new Element("div").Class("govuk-task-list__name-and-hint").Add(
                title.Add(Title?.Body),
                Hint is null ? null : new Element("div").With("id", hintId).Class("govuk-task-list__hint").Add(Hint.Body)),
            new Element("div").Class("govuk-task-list__status", Status?.Classes).With("id", statusId).Add(Status?.Tag?.Render() ?? Status?.Body));
    }
}

internal sealed record TaskList : Component
{
    public string? IdPrefix { get; init; }
    public IReadOnlyList<TaskItem?> Items { get; init; } = [];

    public IHtmlContent Render() => new Element("ul").Class("govuk-task-list", Classes).Attrs(Attributes)
        .Add(Items.Select((item, index) => item?.Render(IdPrefix ?? "task-list", index + 1)));
}
