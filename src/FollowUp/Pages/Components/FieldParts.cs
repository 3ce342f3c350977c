using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>What the tags inside a field or choice hand up to it.</summary>
internal sealed class FieldParts
{
    public IHtmlContent? Label { get; set; }
    public IHtmlContent? Hint { get; set; }

    public static FieldParts Open(TagHelperContext context)
    {
        var parts = new FieldParts();
        context.Items[typeof(FieldParts)] = parts;
        return parts;
    }

    public static FieldParts? Around(TagHelperContext context) =>
        context.Items.TryGetValue(typeof(FieldParts), out var parts) ? (FieldParts?)parts : null;

    /// <summary>Content that is no part of the field any more, such as a conditional reveal.</summary>
    public static void Close(TagHelperContext context) => context.Items.Remove(typeof(FieldParts));
}

/// <summary>A hint: of the field around it, or one that stands alone.</summary>
[HtmlTargetElement("govuk-hint")]
public sealed class HintTagHelper : ComponentTagHelper
{
    public string? Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await ChildrenAsync(output);
        if (FieldParts.Around(context) is { } field)
        {
            field.Hint = words;
            output.SuppressOutput();
            return;
        }

        Replace(output, new Hint { Id = Id, Classes = Class, Html = words, Attributes = Rest(output) }.Render());
    }
}

/// <summary>A label: of the field around it, or one that stands alone.</summary>
[HtmlTargetElement("govuk-label")]
public sealed class LabelTagHelper : ComponentTagHelper
{
    public string? For { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await ChildrenAsync(output);
        if (FieldParts.Around(context) is { } field)
        {
            field.Label = words;
            output.SuppressOutput();
            return;
        }

        Replace(output, new Label { For = For, Classes = Class, Html = words, Attributes = Rest(output) }.Render());
    }
}

/// <summary>An error message that stands alone.</summary>
[HtmlTargetElement("govuk-error-message")]
public sealed class ErrorMessageTagHelper : ComponentTagHelper
{
    public string? Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, new ErrorMessage { Id = Id, Classes = Class, Html = await ChildrenAsync(output), Attributes = Rest(output) }.Render());
}
