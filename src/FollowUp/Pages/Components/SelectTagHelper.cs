using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-select")]
public sealed class SelectTagHelper : LabelledTagHelper
{
    public string? Value { get; set; }

    /// <summary>The words of a first choice with an empty value.</summary>
    public string? Empty { get; set; }

    public IEnumerable<SelectListItem> Items { get; set; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        var parts = FieldParts.Open(context);
        await output.GetChildContentAsync();
        var chosen = TypedOr(Value);
        Replace(output, new Select
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelOf(parts),
            Hint = HintOf(parts),
            ErrorMessage = ErrorMessage,
            FormGroup = Group,
            Disabled = Disabled,
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
