using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-input")]
public sealed class InputTagHelper : LabelledTagHelper
{
    public string? Type { get; set; }
    public string? Value { get; set; }
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }
    public bool? Spellcheck { get; set; }

    /// <summary>How many characters wide: 2, 3, 4, 5, 10, 20 or 30.</summary>
    public int? Width { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        Replace(output, new Input
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelPart,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Type = Type,
            Value = Type == "password" ? null : TypedOr(Value),
            Autocomplete = Autocomplete,
            Inputmode = Inputmode,
            Spellcheck = Spellcheck is { } check ? AsText(check) : null,
            Classes = $"{(Width is null ? null : $"govuk-input--width-{Width}")} {Class}".Trim(),
            Attributes = Rest(output),
        }.Render());
    }
}
