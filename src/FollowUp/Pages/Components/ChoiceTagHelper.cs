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
    public string? Id { get; set; }
    public string? Name { get; set; }
    public bool? Checked { get; set; }
    public bool Disabled { get; set; }

    /// <summary>Choosing this checkbox clears the others ("None of these").</summary>
    public bool Exclusive { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parts = FieldParts.Open(context);
        var conditional = await ChildrenAsync(output);
        ((List<Choice>)context.Items[typeof(Choice)]!).Add(new Choice
        {
            Id = Id,
            Name = Name,
            Value = Value,
            Text = Label,
            Html = parts.Label,
            Hint = parts.Hint is not null ? new Hint { Html = parts.Hint } : string.IsNullOrEmpty(Hint) ? null : new Hint { Text = Hint },
            Checked = Checked,
            Disabled = Disabled,
            Behaviour = Exclusive ? "exclusive" : null,
            Conditional = conditional is null ? null : new Component { Html = conditional },
            Attributes = Rest(output),
        });
        output.SuppressOutput();
    }
}

/// <summary>The word between two choices, such as "or".</summary>
[HtmlTargetElement("govuk-divider")]
public sealed class DividerTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var word = (await output.GetChildContentAsync()).GetContent(System.Text.Encodings.Web.HtmlEncoder.Default).Trim();
        ((List<Choice>)context.Items[typeof(Choice)]!).Add(new Choice { Divider = System.Net.WebUtility.HtmlDecode(word) });
        output.SuppressOutput();
    }
}
