using System.Text.Encodings.Web;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>All errors of the page with links to their fields; nothing when there is none.</summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : ComponentTagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public string? Title { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new WrittenLast(this, Rest(output)));

    /// <summary>The summary stands above the fields that it lists, so it is made when the page is written, not when its tag is reached.</summary>
    private sealed class WrittenLast(ErrorSummaryTagHelper tag, Dictionary<string, string?> attributes) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var errors = FormFields.Of(tag.ViewContext).Errors(tag.ViewContext.ViewData.ModelState).ToArray();
            if (errors.Length == 0)
                return;
            new ErrorSummary
            {
                TitleText = tag.Title ?? "There is a problem",
                Classes = tag.Class,
                Attributes = attributes,
                ErrorList = [.. errors.Select(error => new Link { Text = error.Message, Href = error.Id is null ? null : "#" + error.Id })],
            }.Render().WriteTo(writer, encoder);
        }
    }
}
