using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

internal record Textarea : Field
{
    public string? Value { get; init; }
    public int? Rows { get; init; }
    public string? Autocomplete { get; init; }
    public string? Spellcheck { get; init; }

    // A browser drops the first line break inside a textarea, so what was typed gets one more
    public virtual IHtmlContent Render() => GroupWithLabel(
        new Element("textarea")
            .Class("govuk-textarea", ErrorMessage is null ? null : "govuk-textarea--error", Classes)
            .With("id", FieldId).With("name", Name).With("rows", $"{Rows ?? 5}")
            .Attr("spellcheck", Spellcheck).Flag("disabled", Disabled)
            .Attr("aria-describedby", Descriptions(DescribedBy)).Attr("autocomplete", Autocomplete)
            .Attrs(Attributes).Text(Value is ['\n' or '\r', ..] ? "\n" + Value : Value));
}

/// <summary>A text area that says how much may still be written. The limit counts as the service counts it.</summary>
internal sealed record CharacterCount : Textarea
{
    public int? Maxlength { get; init; }
    public int? Maxwords { get; init; }
    public int? Threshold { get; init; }
    public string? CountType { get; init; }
    public string? TextareaDescriptionText { get; init; }
    public Component? CountMessage { get; init; }

    public override IHtmlContent Render()
    {
        var countType = CountType ?? (Maxwords is null ? null : "words");
        var unit = countType == "words" ? "words" : "characters";
        var limit = Maxwords ?? Maxlength;
        var said = (TextareaDescriptionText ?? "You can enter up to %{count} " + unit).Replace("%{count}", $"{limit}", StringComparison.Ordinal);
        var message = new Hint
        {
            Id = FieldId + "-info",
            Classes = ("govuk-character-count__message " + CountMessage?.Classes).Trim(),
            Text = limit is null ? null : said,
        };
        return (new Textarea
        {
            Id = FieldId,
            Name = Name,
            DescribedBy = FieldId + "-info",
            Rows = Rows,
            Spellcheck = Spellcheck,
            Value = Value,
            Disabled = Disabled,
            Classes = "govuk-js-character-count " + Classes,
            Label = Label,
            Hint = Hint,
            ErrorMessage = ErrorMessage,
            Attributes = Attributes,
            FormGroup = new FormGroup
            {
                Classes = "govuk-character-count " + FormGroup?.Classes,
                Attributes = GroupAttributes(countType),
                BeforeInput = FormGroup?.BeforeInput,
                AfterInput = new Component { Html = new Pieces(message.Render(), FormGroup?.AfterInput?.Body) },
            },
        }).Render();
    }

    private Dictionary<string, string?> GroupAttributes(string? countType)
    {
        var attributes = new Dictionary<string, string?> { ["data-module"] = "govuk-character-count" };
        AddGiven("data-maxlength", Maxlength?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AddGiven("data-maxwords", Maxwords?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AddGiven("data-threshold", Threshold?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        AddGiven("data-count-type", countType);
        if (Maxlength is null && Maxwords is null)
            AddGiven("data-i18n.textarea-description.other", TextareaDescriptionText);
        foreach (var (name, value) in FormGroup?.Attributes ?? new Dictionary<string, string?>())
            attributes[name] = value;
        return attributes;

        void AddGiven(string name, string? value)
        {
            if (value is not null)
                attributes[name] = value;
        }
    }
}
