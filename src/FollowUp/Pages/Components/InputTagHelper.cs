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
    public string? Pattern { get; set; }
    public bool? Spellcheck { get; set; }
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }

    /// <summary>How many characters wide: 2, 3, 4, 5, 10, 20 or 30.</summary>
    public int? Width { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        var parts = FieldParts.Open(context);
        await output.GetChildContentAsync();
        Replace(output, new Input
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelOf(parts),
            Hint = HintOf(parts),
            ErrorMessage = ErrorMessage,
            FormGroup = Group,
            Disabled = Disabled,
            Type = Type,
            Value = Type == "password" ? null : TypedOr(Value),
            Autocomplete = Autocomplete,
            Inputmode = Inputmode,
            Pattern = Pattern,
            Spellcheck = Spellcheck is { } check ? AsText(check) : null,
            Prefix = Prefix is null ? null : new Component { Text = Prefix },
            Suffix = Suffix is null ? null : new Component { Text = Suffix },
            Classes = $"{(Width is null ? null : $"govuk-input--width-{Width}")} {Class}".Trim(),
            Attributes = Rest(output),
        }.Render());
    }
}
