using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal sealed record FileUpload : Field
{
    public bool Multiple { get; init; }

    public IHtmlContent Render() => GroupWithLabel(
        new Element("input")
            .Class("govuk-file-upload", Classes, ErrorMessage is null ? null : "govuk-file-upload--error")
            .With("id", FieldId).With("name", Name).With("type", "file")
            .Flag("disabled", Disabled).Flag("multiple", Multiple)
            .Attr("aria-describedby", Descriptions(DescribedBy)).Attrs(Attributes));
}
