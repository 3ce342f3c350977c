using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A tag that stands for a whole component: it is replaced by the component's markup.</summary>
public abstract class ComponentTagHelper : TagHelper
{
    /// <summary>Further classes.</summary>
    public string? Class { get; set; }

    private protected static void Replace(TagHelperOutput output, IHtmlContent? markup)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(markup ?? HtmlString.Empty);
    }

    /// <summary>The attributes that the page wrote and no property took.</summary>
    private protected static Dictionary<string, string?> Rest(TagHelperOutput output) =>
        output.Attributes.GroupBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => Raw(same.Last()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The tag's content, or null if there is none.</summary>
    private protected static async Task<IHtmlContent?> ChildrenAsync(TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        return content.IsEmptyOrWhiteSpace ? null : content;
    }

    // Razor hands over what stands in the source, encoded; the component encodes again when it is written
    private static string? Raw(TagHelperAttribute attribute)
    {
        if (attribute.ValueStyle == HtmlAttributeValueStyle.Minimized)
            return null;
        if (attribute.Value is not IHtmlContent content)
            return attribute.Value?.ToString() ?? "";
        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return WebUtility.HtmlDecode(writer.ToString());
    }
}
