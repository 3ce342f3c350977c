using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-textarea")]
public class TextareaTagHelper : LabelledTagHelper
{
    public string? Value { get; set; }
    public int? Rows { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        Replace(output, (Component() with
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelPart,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Value = TypedOr(Value),
            Rows = Rows,
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

    /// <summary>The percentage from which the count is shown.</summary>
    public int? Threshold { get; set; }

    private protected override Textarea Component() => new CharacterCount { Maxlength = MaxLength, Threshold = Threshold };
}
