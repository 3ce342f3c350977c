using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-fieldset")]
public sealed class FieldsetTagHelper : ComponentTagHelper
{
    public string? Legend { get; set; }
    public string? LegendSize { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Fieldset
    {
        Legend = GroupTagHelper.LegendOf(Legend, LegendSize),
        Classes = Class,
        Html = await ChildrenAsync(output),
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-file-upload")]
public sealed class FileUploadTagHelper : LabelledTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        Replace(output, new FileUpload
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelPart,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
    }
}
