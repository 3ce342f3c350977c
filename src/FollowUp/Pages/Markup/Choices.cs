using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

/// <summary>One radio button or checkbox, or the divider between two.</summary>
internal sealed record Choice : Component
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Value { get; init; }
    public bool? Checked { get; init; }
    public bool Disabled { get; init; }
    public Component? Label { get; init; }
    public Hint? Hint { get; init; }
    public string? Divider { get; init; }
    public Component? Conditional { get; init; }
    public string? Behaviour { get; init; }
}

/// <summary>Radios or checkboxes: a group of choices with one name.</summary>
internal abstract record Choices(string Kind, string Type) : Field
{
    public string? IdPrefix { get; init; }
    public Fieldset? Fieldset { get; init; }
    public IReadOnlyList<Choice?> Items { get; init; } = [];

    protected override string? FieldId => IdPrefix ?? Name;

    protected abstract bool IsChecked(Choice item);

    /// <summary>What the single inputs are described by where no fieldset carries the hint and the error.</summary>
    protected abstract string? InputDescription { get; }

    protected string Description => Descriptions(Fieldset?.DescribedBy ?? DescribedBy) ?? "";

    public IHtmlContent Render()
    {
        var inner = new Pieces(
            HintAndError(),
            new Element("div").Class($"govuk-{Kind}", Classes).Attrs(Attributes).With("data-module", $"govuk-{Kind}")
                .Add(FormGroup?.BeforeInputs?.Body)
                .Add(Items.SelectMany((item, index) => item is null ? [] : Item(item, index)))
                .Add(FormGroup?.AfterInputs?.Body));
        return Fieldset is null
            ? Group(inner)
            : Group((Fieldset with { DescribedBy = Description, Html = inner }).Render());
    }

    private IEnumerable<IHtmlContent> Item(Choice item, int index)
    {
        if (item.Divider is not null)
        {
            yield return new Element("div").Class($"govuk-{Kind}__divider").Text(item.Divider);
            yield break;
        }

        // The first id has no number, so that the error summary can link to it
        var id = item.Id ?? (index == 0 ? FieldId : $"{FieldId}-{index + 1}");
        var hintId = item.Hint?.Body is null ? null : id + "-item-hint";
        var conditionalId = item.Conditional?.Html is null ? null : "conditional-" + id;
        var isChecked = item.Checked ?? IsChecked(item);
        yield return new Element("div").Class($"govuk-{Kind}__item").Add(
            new Element("input").Class($"govuk-{Kind}__input")
                .With("id", id).With("name", item.Name ?? Name).With("type", Type).With("value", item.Value)
                .Flag("checked", isChecked).Flag("disabled", item.Disabled)
                .Attr("data-aria-controls", conditionalId).Attr("data-behaviour", item.Behaviour)
                .Attr("aria-describedby", $"{InputDescription} {hintId}".Trim()).Attrs(item.Attributes),
            new Label { For = id, Text = item.Text, Html = item.Html, Classes = $"govuk-{Kind}__label {item.Label?.Classes}", Attributes = item.Label?.Attributes }.Render(),
            hintId is null ? null : (item.Hint! with { Id = hintId, Classes = $"govuk-{Kind}__hint {item.Hint.Classes}" }).Render());
        if (conditionalId is not null)
        {
            yield return new Element("div")
                .Class($"govuk-{Kind}__conditional", isChecked ? null : $"govuk-{Kind}__conditional--hidden")
                .With("id", conditionalId).Add(item.Conditional!.Html);
        }
    }
}

internal sealed record Radios() : Choices("radios", "radio")
{
    public string? Value { get; init; }

    protected override bool IsChecked(Choice item) => !string.IsNullOrEmpty(Value) && item.Value == Value;
    protected override string? InputDescription => null;
}

internal sealed record Checkboxes() : Choices("checkboxes", "checkbox")
{
    public IReadOnlyList<string> Values { get; init; } = [];

    protected override bool IsChecked(Choice item) => Values.Contains(item.Value);
    protected override string? InputDescription => Fieldset is null ? Description : null;
}
