using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record SelectOption : Component
{
    public string? Value { get; init; }
    public bool? Selected { get; init; }
    public bool Disabled { get; init; }
}

internal sealed record Select : Field
{
    public string? Value { get; init; }
    public IReadOnlyList<SelectOption?> Items { get; init; } = [];

    public IHtmlContent Render() => GroupWithLabel(
        new Element("select")
            .Class("govuk-select", Classes, ErrorMessage is null ? null : "govuk-select--error")
            .With("id", FieldId).With("name", Name).Flag("disabled", Disabled)
            .Attr("aria-describedby", Descriptions(DescribedBy))
            .Attrs(Attributes)
            .Add(Items.Select(item => item is null ? null : Option(item))));

    private Element Option(SelectOption item)
    {
        var option = new Element("option");
        if (item.Value is not null)
            option.With("value", item.Value);
        var chosen = item.Selected ?? (!string.IsNullOrEmpty(Value) && (item.Value ?? item.Text) == Value);
        return option.Flag("selected", chosen).Flag("disabled", item.Disabled).Attrs(item.Attributes).Text(item.Text);
    }
}
