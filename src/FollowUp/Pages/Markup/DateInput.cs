using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

/// <summary>The box for the day, the month or the year.</summary>
internal sealed record DatePart : Component
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Label { get; init; }
    public string? Value { get; init; }
    public string? Pattern { get; init; }
    public string? Inputmode { get; init; }
    public string? Autocomplete { get; init; }

    /// <summary>Whether this box is in error; null leaves it to the other boxes and the field.</summary>
    public bool? Error { get; init; }

    public bool Wrong => Error is true || HasClass("govuk-input--error");

    public bool HasClass(string part) => Classes?.Contains(part, StringComparison.Ordinal) is true;
}

internal sealed record DateInput : Field
{
    public string? NamePrefix { get; init; }
    public Fieldset? Fieldset { get; init; }
    public IReadOnlyList<DatePart?> Items { get; init; } = [];

    public IHtmlContent Render()
    {
        var anyWrong = Items.Any(item => item is { Wrong: true });
        var inner = new Pieces(
            HintAndError(),
            new Element("div").Class("govuk-date-input", Classes).Attrs(Attributes).Attr("id", Id)
                .Add(FormGroup?.BeforeInputs?.Body)
                .Add(Items.Select(item => item is null ? null : Part(item, anyWrong)))
                .Add(FormGroup?.AfterInputs?.Body));
        // Without the role, JAWS does not read the description of a fieldset of text inputs
        return Fieldset is null
            ? Group(inner)
            : Group((Fieldset with { Role = "group", DescribedBy = Descriptions(Fieldset.DescribedBy), Html = inner }).Render());
    }

    private Element Part(DatePart part, bool anyWrong)
    {
        var red = !part.HasClass("govuk-input--error") && (part.Wrong || (part.Error is not false && ErrorMessage is not null && !anyWrong));
        var width = part.HasClass("govuk-input--width-") ? null : part.Name == "year" ? "govuk-input--width-4" : "govuk-input--width-2";
        var input = new Input
        {
            Label = new Label { Text = part.Label ?? Capitalised(part.Name), Classes = "govuk-date-input__label" },
            Id = part.Id ?? $"{Id}-{part.Name}",
            Name = NamePrefix is null ? part.Name : $"{NamePrefix}-{part.Name}",
            Classes = string.Join(' ', ((string?[])["govuk-date-input__input", red ? "govuk-input--error" : null, width, part.Classes]).Where(c => c is not null)),
            Value = part.Value,
            Inputmode = part.Inputmode ?? "numeric",
            Autocomplete = part.Autocomplete,
            Pattern = part.Pattern,
            Attributes = part.Attributes,
        };
        return new Element("div").Class("govuk-date-input__item").Add(input.Render());
    }

    private static string? Capitalised(string? name) =>
        name is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.InvariantCulture) + rest : name;
}
