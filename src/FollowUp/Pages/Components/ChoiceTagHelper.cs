using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>One radio button or checkbox; its content is what it reveals when chosen.</summary>
[HtmlTargetElement("govuk-radio")]
[HtmlTargetElement("govuk-checkbox")]
public sealed class ChoiceTagHelper : ComponentTagHelper
{
    public string? Value { get; set; }
    public string? Label { get; set; }
    public string? Hint { get; set; }
    public bool? Checked { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var conditional = await ChildrenAsync(output);
        context.HandUp(output, new Choice
        {
            Value = Value,
            Text = Label,
            Hint = string.IsNullOrEmpty(Hint) ? null : new Hint { Text = Hint },
            Checked = Checked,
            Conditional = conditional is null ? null : new Component { Html = conditional },
            Attributes = Rest(output),
        });
    }
}
