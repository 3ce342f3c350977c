using System.Globalization;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A date in three boxes, bound to a <see cref="DateOnly"/>.</summary>
[HtmlTargetElement("govuk-date-input")]
public sealed class DateInputTagHelper : GroupTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var typed = Typed();
        var error = ErrorMessage;
        var wrong = error is null ? [] : typed.Wrong() is { Count: > 0 } boxes ? boxes : ["day", "month", "year"];
        Register($"{FieldId}-{(wrong.Count > 0 ? wrong[0] : "day")}");
        Replace(output, new DateInput
        {
            Id = FieldId,
            Fieldset = Fieldset,
            Hint = HintPart,
            ErrorMessage = error,
            Classes = Class,
            Attributes = Rest(output),
            Items =
            [
                Box("Day", typed.Day, "govuk-input--width-2"),
                Box("Month", typed.Month, "govuk-input--width-2"),
                Box("Year", typed.Year, "govuk-input--width-4"),
            ],
        }.Render());

        DatePart Box(string label, string? value, string width)
        {
            var name = label.ToLowerInvariant();
            return new DatePart
            {
                Id = $"{FieldId}-{name}",
                Name = $"{FieldName}.{label}",
                Label = label,
                Value = value,
                Classes = width,
                Error = wrong.Contains(name),
            };
        }
    }

    private DateParts Typed()
    {
        var state = ViewContext.ViewData.ModelState;
        if (Sent("Day") is not null || Sent("Month") is not null || Sent("Year") is not null)
            return new DateParts(Sent("Day"), Sent("Month"), Sent("Year"));
        return For?.Model is DateOnly day && day != default
            ? new DateParts(Text(day.Day), Text(day.Month), Text(day.Year))
            : new DateParts(null, null, null);

        string? Sent(string box) => state.TryGetValue($"{FieldName}.{box}", out var entry) ? entry.AttemptedValue : null;
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
