using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-fieldset")]
public sealed class FieldsetTagHelper : ComponentTagHelper
{
    public string? Legend { get; set; }
    public string? LegendSize { get; set; }
    public bool PageHeading { get; set; }
    public string? DescribedBy { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new Fieldset
    {
        Legend = GroupTagHelper.LegendOf(Legend, null, LegendSize, PageHeading),
        DescribedBy = DescribedBy,
        Classes = Class,
        Html = await ChildrenAsync(output),
        Attributes = Rest(output),
    }.Render());
}

[HtmlTargetElement("govuk-file-upload")]
public sealed class FileUploadTagHelper : LabelledTagHelper
{
    public bool Multiple { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        var parts = FieldParts.Open(context);
        await output.GetChildContentAsync();
        Replace(output, new FileUpload
        {
            Id = FieldId,
            Name = FieldName,
            Label = LabelOf(parts),
            Hint = HintOf(parts),
            ErrorMessage = ErrorMessage,
            FormGroup = Group,
            Disabled = Disabled,
            Multiple = Multiple,
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
    }
}
