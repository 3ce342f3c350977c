using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-select")]
public sealed class SelectTagHelper : LabelledTagHelper
{
    /// <summary>The words of a first choice with an empty value.</summary>
    public string? Empty { get; set; }

    public IEnumerable<SelectListItem> Items { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        var chosen = TypedOr(null);
        Replace(output, new Select
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelPart,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Value = chosen,
            Items = [.. Options(chosen)],
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
    }

    private IEnumerable<SelectOption> Options(string? chosen)
    {
        if (Empty is not null)
            yield return new SelectOption { Value = "", Text = Empty };
        foreach (var item in Items)
            yield return new SelectOption { Value = item.Value, Text = item.Text, Disabled = item.Disabled, Selected = chosen is null && item.Selected ? true : null };
    }
}
