using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Html;

namespace FollowUp.Tests.Pages;

/// <summary>Our component for each of GOV.UK Frontend's.</summary>
internal static class GovukComponents
{
    public static IReadOnlyDictionary<string, Func<JsonObject, IHtmlContent?>> All { get; } = new Dictionary<string, Func<JsonObject, IHtmlContent?>>
    {
        ["back-link"] = options => GovukFixtures.Read<BackLink>(options).Render(),
        ["button"] = options => GovukFixtures.Read<Button>(options).Render(),
        ["character-count"] = options => GovukFixtures.Read<CharacterCount>(options).Render(),
        ["checkboxes"] = options => GovukFixtures.Read<Checkboxes>(options).Render(),
        ["date-input"] = options => GovukFixtures.Read<DateInput>(WithItems(options)).Render(),
        ["details"] = options => GovukFixtures.Read<Details>(options).Render(),
        ["error-message"] = options => GovukFixtures.Read<ErrorMessage>(options).Render(),
        ["error-summary"] = options => GovukFixtures.Read<ErrorSummary>(options).Render(),
        ["fieldset"] = options => GovukFixtures.Read<Fieldset>(options).Render(),
        ["file-upload"] = options => GovukFixtures.Read<FileUpload>(options).Render(),
        ["generic-header"] = options => GovukFixtures.Read<GenericHeader>(options).Render(),
        ["hint"] = options => GovukFixtures.Read<Hint>(options).Render(),
        ["input"] = options => GovukFixtures.Read<Input>(options).Render(),
        ["inset-text"] = options => GovukFixtures.Read<InsetText>(options).Render(),
        ["label"] = options => GovukFixtures.Read<Label>(options).Render(),
        ["notification-banner"] = options => GovukFixtures.Read<NotificationBanner>(options).Render(),
        ["pagination"] = options => GovukFixtures.Read<Pagination>(options).Render(),
        ["panel"] = options => GovukFixtures.Read<Panel>(options).Render(),
        ["radios"] = options => GovukFixtures.Read<Radios>(options).Render(),
        ["select"] = options => GovukFixtures.Read<Select>(options).Render(),
        ["service-navigation"] = options => GovukFixtures.Read<ServiceNavigation>(options).Render(),
        ["skip-link"] = options => GovukFixtures.Read<SkipLink>(options).Render(),
        ["summary-list"] = options => GovukFixtures.Read<SummaryList>(options).Render(),
        ["table"] = GovukTable.Render,
        ["tag"] = options => GovukFixtures.Read<Tag>(options).Render(),
        ["task-list"] = options => GovukFixtures.Read<TaskList>(options).Render(),
        ["textarea"] = options => GovukFixtures.Read<Textarea>(options).Render(),
        ["warning-text"] = options => GovukFixtures.Read<WarningText>(options).Render(),
    };

    public static string Write(IHtmlContent? content)
    {
        using var writer = new StringWriter();
        content?.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    // Our date always names its three boxes; the template also makes them from options of its own
    private static JsonObject WithItems(JsonObject options)
    {
        var copy = options.DeepClone().AsObject();
        var prefix = (string?)copy["namePrefix"] is { } name ? name + "-" : "";
        var own = copy["items"] is JsonArray { Count: > 0 } items ? items : null;
        var boxes = new JsonArray();
        foreach (var part in (string[])["day", "month", "year"])
        {
            if (own is null && copy[part] is JsonValue)
                continue;
            var given = copy[part] as JsonObject;
            var box = own is null
                ? given?.DeepClone().AsObject() ?? []
                : own.OfType<JsonObject>().FirstOrDefault(item => (string?)item["name"] == part)?.DeepClone().AsObject();
            if (box is null)
                continue;
            box["name"] ??= part;
            box["value"] ??= given?["value"]?.DeepClone() ?? copy["values"]?[prefix + (string?)box["name"]]?.DeepClone();
            if (part == "year" && box["classes"] is null && (string?)box["name"] != "year")
                box["classes"] = "govuk-input--width-4";
            boxes.Add(box);
        }

        if (own is null || boxes.Count > 0)
            copy["items"] = boxes;
        foreach (var option in (string[])["day", "month", "year", "values"])
            copy.Remove(option);
        return copy;
    }
}
