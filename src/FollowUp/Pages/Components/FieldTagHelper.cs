using System.Globalization;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A form field that is bound to a property: its name, value and error come from the model state.</summary>
public abstract class FieldTagHelper : ComponentTagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The property.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The field's name where it is bound to no property.</summary>
    public string? Name { get; set; }

    public string? Id { get; set; }

    public string? Hint { get; set; }

    /// <summary>An error message other than the model state's.</summary>
    public string? Error { get; set; }

    /// <summary>Whether the label or legend is the page's heading.</summary>
    public bool PageHeading { get; set; }

    public string? FormGroupClass { get; set; }

    public bool Disabled { get; set; }

    private protected string FieldName => Name ?? (For is null ? "" : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name));

    private protected string FieldId => Id ?? TagBuilder.CreateSanitizedId(FieldName, "_");

    private protected FormGroup Group => new() { Classes = FormGroupClass };

    /// <summary>The field's state, if the form was sent or bound.</summary>
    private protected ModelStateEntry? State => ViewContext.ViewData.ModelState.TryGetValue(FieldName, out var entry) ? entry : null;

    private protected ErrorMessage? ErrorMessage =>
        (Error ?? FormFields.MessageOf(State)) is { Length: > 0 } message ? new ErrorMessage { Text = message } : null;

    private protected void Register(string? firstId = null) => FormFields.Of(ViewContext).Add(FieldName, firstId ?? FieldId);

    private protected Hint? HintOf(FieldParts parts) =>
        parts.Hint is not null ? new Hint { Html = parts.Hint } : string.IsNullOrEmpty(Hint) ? null : new Hint { Text = Hint };

    /// <summary>What was typed, else what the property holds.</summary>
    private protected string? TypedOr(string? value) => State?.AttemptedValue ?? value ?? AsText(For?.Model);

    private protected static string? AsText(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum member => member.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>A field with one control and a label.</summary>
public abstract class LabelledTagHelper : FieldTagHelper
{
    public string? Label { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>.</summary>
    public string? LabelSize { get; set; }

    private protected Label LabelOf(FieldParts parts) => new()
    {
        Text = Label ?? For?.Metadata.GetDisplayName(),
        Html = parts.Label,
        IsPageHeading = PageHeading,
        Classes = (LabelSize ?? (PageHeading ? "l" : null)) is { } size ? "govuk-label--" + size : null,
    };
}

/// <summary>A field with several controls, in a fieldset if it has a legend.</summary>
public abstract class GroupTagHelper : FieldTagHelper
{
    public string? Legend { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>.</summary>
    public string? LegendSize { get; set; }

    private protected Fieldset? FieldsetOf(FieldParts parts) => Legend is null && parts.Label is null
        ? null
        : new Fieldset { Legend = LegendOf(Legend, parts.Label, LegendSize, PageHeading) };

    internal static Legend LegendOf(string? text, Microsoft.AspNetCore.Html.IHtmlContent? html, string? size, bool pageHeading) => new()
    {
        Text = text,
        Html = html,
        IsPageHeading = pageHeading,
        Classes = (size ?? (pageHeading ? "l" : null)) is { } chosen ? "govuk-fieldset__legend--" + chosen : null,
    };
}
