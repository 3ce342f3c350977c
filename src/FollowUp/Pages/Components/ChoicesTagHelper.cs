using System.Collections;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>Radios and checkboxes: the tags inside hand up their choices.</summary>
public abstract class ChoicesTagHelper : GroupTagHelper
{
    private protected Task<List<Choice>> InsideAsync(TagHelperContext context, TagHelperOutput output)
    {
        Register();
        return output.CollectAsync<Choice>(context);
    }

    /// <summary>What was chosen, else what the property holds.</summary>
    private protected IReadOnlyList<string> Chosen() => State?.RawValue switch
    {
        string one => [one],
        string[] several => several,
        _ => For?.Model switch
        {
            null => [],
            string text => [text],
            IEnumerable several => [.. several.Cast<object?>().Select(AsText).OfType<string>()],
            var one => AsText(one) is { } text ? [text] : [],
        },
    };
}

[HtmlTargetElement("govuk-radios")]
public sealed class RadiosTagHelper : ChoicesTagHelper
{
    public string? Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await InsideAsync(context, output);
        Replace(output, new Radios
        {
            IdPrefix = FieldId,
            Name = FieldName,
            Fieldset = Fieldset,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Items = choices,
            Value = Chosen() is [var chosen, ..] ? chosen : Value,
            Classes = Class,
            Attributes = Rest(output),
        }.Render());
    }
}

[HtmlTargetElement("govuk-checkboxes")]
public sealed class CheckboxesTagHelper : ChoicesTagHelper
{
    public bool Small { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = await InsideAsync(context, output);
        Replace(output, new Checkboxes
        {
            IdPrefix = FieldId,
            Name = FieldName,
            Fieldset = Fieldset,
            Hint = HintPart,
            ErrorMessage = ErrorMessage,
            Items = choices,
            Values = Chosen(),
            Classes = $"{(Small ? "govuk-checkboxes--small" : null)} {Class}",
            Attributes = Rest(output),
        }.Render());
    }
}
