using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record Input : Field
{
    public string? Type { get; init; }
    public string? Value { get; init; }
    public string? Inputmode { get; init; }
    public string? Autocomplete { get; init; }
    public string? Autocapitalize { get; init; }
    public string? Pattern { get; init; }
    public string? Spellcheck { get; init; }
    public Component? Prefix { get; init; }
    public Component? Suffix { get; init; }
    public Component? InputWrapper { get; init; }

    public IHtmlContent Render()
    {
        var input = new Element("input")
            .Class("govuk-input", Classes, ErrorMessage is null ? null : "govuk-input--error")
            .With("id", FieldId).With("name", Name).With("type", string.IsNullOrEmpty(Type) ? "text" : Type)
            .Attr("spellcheck", Spellcheck).Attr("value", Value).Flag("disabled", Disabled)
            .Attr("aria-describedby", Descriptions(DescribedBy))
            .Attr("autocomplete", Autocomplete).Attr("autocapitalize", Autocapitalize).Attr("pattern", Pattern).Attr("inputmode", Inputmode)
            .Attrs(Attributes);
        var wrapped = Prefix?.Body ?? Suffix?.Body ?? FormGroup?.BeforeInput?.Body ?? FormGroup?.AfterInput?.Body;
        if (wrapped is null)
            return GroupWithLabel(input);

        var wrapper = new Element("div").Class("govuk-input__wrapper", InputWrapper?.Classes).Attrs(InputWrapper?.Attributes)
            .Add(FormGroup?.BeforeInput?.Body, Affix(Prefix, "prefix"), input, Affix(Suffix, "suffix"), FormGroup?.AfterInput?.Body);
        return Group((Label is null ? null : Label with { For = FieldId })?.Render(), HintAndError(), wrapper);
    }

    private static Element? Affix(Component? affix, string side) => affix?.Body is null
        ? null
        : new Element("div").Class("govuk-input__" + side, affix.Classes).With("aria-hidden", "true").Attrs(affix.Attributes).Add(affix.Body);
}
