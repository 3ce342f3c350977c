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

    public string? Hint { get; set; }

    private protected string FieldName => Name ?? (For is null ? "" : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name));

    private protected string FieldId => TagBuilder.CreateSanitizedId(FieldName, "_");

    /// <summary>The field's state, if the form was sent or bound.</summary>
    private protected ModelStateEntry? State => ViewContext.ViewData.ModelState.TryGetValue(FieldName, out var entry) ? entry : null;

    private protected ErrorMessage? ErrorMessage =>
        FormFields.MessageOf(State) is { Length: > 0 } message ? new ErrorMessage { Text = message } : null;

    private protected void Register(string? firstId = null) => FormFields.Of(ViewContext).Add(FieldName, firstId ?? FieldId);

    private protected Hint? HintPart => string.IsNullOrEmpty(Hint) ? null : new Hint { Text = Hint };

    /// <summary>What was typed, else what the property holds.</summary>
    private protected string? TypedOr(string? value) => State?.AttemptedValue ?? value ?? AsText(For?.Model);

    private protected static string? AsText(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.Iso(),
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

    private protected Label LabelPart => new()
    {
        Text = Label ?? For?.Metadata.GetDisplayName(),
        Classes = LabelSize is null ? null : "govuk-label--" + LabelSize,
    };
}

/// <summary>A field with several controls, in a fieldset if it has a legend.</summary>
public abstract class GroupTagHelper : FieldTagHelper
{
    public string? Legend { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>.</summary>
    public string? LegendSize { get; set; }

    private protected Fieldset? Fieldset => Legend is null ? null : new Fieldset { Legend = LegendOf(Legend, LegendSize) };

    internal static Legend LegendOf(string? text, string? size) => new() { Text = text, Classes = size is null ? null : "govuk-fieldset__legend--" + size };
}
