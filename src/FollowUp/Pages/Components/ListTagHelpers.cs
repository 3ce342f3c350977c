using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

[HtmlTargetElement("govuk-task-list")]
public sealed class TaskListTagHelper : ComponentTagHelper
{
    public string? IdPrefix { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, new TaskList
    {
        IdPrefix = IdPrefix,
        Items = await output.CollectAsync<TaskItem>(context),
        Classes = Class,
        Attributes = Rest(output),
    }.Render());
}

/// <summary>One task. Its status is plain text, or a tag if it has a colour.</summary>
[HtmlTargetElement("govuk-task")]
public sealed class TaskTagHelper : ComponentTagHelper
{
    public string? Title { get; set; }
    public string? Href { get; set; }
    public string? Hint { get; set; }
    public string? Status { get; set; }
    public string? Colour { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => context.HandUp(output, new TaskItem
    {
        Title = new Component { Text = Title },
        Href = Href,
        Hint = string.IsNullOrEmpty(Hint) ? null : new Hint { Text = Hint },
        Status = string.IsNullOrEmpty(Colour)
            ? new Markup.TaskStatus { Text = Status }
            : new Markup.TaskStatus { Tag = new Tag { Text = Status, Classes = GovukTagTagHelper.ColourClass(Colour) } },
        Classes = Class,
    });
}
