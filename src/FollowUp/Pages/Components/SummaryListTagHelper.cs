using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-summary-list")]
public sealed class SummaryListTagHelper : ComponentTagHelper
{
    /// <summary>Makes the list a card with this title.</summary>
    public string? CardTitle { get; set; }

    public int CardHeadingLevel { get; set; } = 2;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var cardActions = new List<SummaryAction>();
        context.Items[typeof(List<SummaryAction>)] = cardActions;
        var rows = await output.CollectAsync<SummaryRow>(context);
        Replace(output, new SummaryList
        {
            Rows = rows,
            Classes = Class,
            Attributes = Rest(output),
            Card = CardTitle is null
                ? null
                : new SummaryCard
                {
                    Title = new CardTitle { Text = CardTitle, HeadingLevel = CardHeadingLevel },
                    Actions = new SummaryActions { Items = cardActions },
                },
        }.Render());
    }
}

/// <summary>One row; its content, if there is any, is the value.</summary>
[HtmlTargetElement("govuk-summary-row")]
public sealed class SummaryRowTagHelper : ComponentTagHelper
{
    public string? Key { get; set; }
    public string? Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.CollectAsync<SummaryAction>(context);
        context.HandUp(output, new SummaryRow
        {
            Key = new Component { Text = Key },
            Value = new Component { Text = Value, Html = await ChildrenAsync(output) },
            Actions = actions.Count == 0 ? null : new SummaryActions { Items = actions },
            Classes = Class,
        });
    }
}

/// <summary>A link of the row around it, or of the card.</summary>
[HtmlTargetElement("govuk-summary-action")]
public sealed class SummaryActionTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }

    /// <summary>With a value, instead of an address: the name of the button that it is then.</summary>
    public string? Name { get; set; }

    public string? Value { get; set; }

    /// <summary>What the link is about, for those who hear it alone: "Change <c>the deadline</c>".</summary>
    public string? HiddenText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => context.HandUp(output, new SummaryAction
    {
        Href = Href,
        Button = Name is not null && Value is not null ? (Name, Value) : null,
        VisuallyHiddenText = HiddenText,
        Html = await ChildrenAsync(output),
        Classes = Class,
        Attributes = Rest(output),
    });
}
