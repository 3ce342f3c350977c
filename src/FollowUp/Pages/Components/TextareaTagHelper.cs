using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-textarea")]
public class TextareaTagHelper : LabelledTagHelper
{
    public string? Value { get; set; }
    public int? Rows { get; set; }
    public string? Autocomplete { get; set; }
    public bool? Spellcheck { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        var parts = FieldParts.Open(context);
        await output.GetChildContentAsync();
        Replace(output, (Component() with
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelOf(parts),
            Hint = HintOf(parts),
            ErrorMessage = ErrorMessage,
            FormGroup = Group,
            Disabled = Disabled,
            Value = TypedOr(Value),
            Rows = Rows,
            Autocomplete = Autocomplete,
            Spellcheck = Spellcheck is { } check ? AsText(check) : null,
            Classes = Class,
            Attributes = Rest(output),
        }).Render());
    }

    private protected virtual Textarea Component() => new();
}

/// <summary>A text area that says how much may still be written.</summary>
[HtmlTargetElement("govuk-character-count")]
public sealed class CharacterCountTagHelper : TextareaTagHelper
{
    public int? MaxLength { get; set; }
    public int? MaxWords { get; set; }

    /// <summary>The percentage from which the count is shown.</summary>
    public int? Threshold { get; set; }

    private protected override Textarea Component() => new CharacterCount { Maxlength = MaxLength, Maxwords = MaxWords, Threshold = Threshold };
}
