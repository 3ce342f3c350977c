using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

/// <summary>What stands around the control or controls of a field.</summary>
internal sealed record FormGroup
{
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
    public Component? BeforeInput { get; init; }
    public Component? AfterInput { get; init; }
    public Component? BeforeInputs { get; init; }
    public Component? AfterInputs { get; init; }
}

/// <summary>A form field: label, hint, error message and control, tied together by ids.</summary>
internal abstract record Field : Component
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public Label? Label { get; init; }
    public Hint? Hint { get; init; }
    public ErrorMessage? ErrorMessage { get; init; }
    public FormGroup? FormGroup { get; init; }
    public string? DescribedBy { get; init; }
    public bool Disabled { get; init; }

    protected virtual string? FieldId => Id ?? Name;

    protected string? Descriptions(string? described) =>
        string.Join(' ', [.. new[] { described, Hint is null ? null : FieldId + "-hint", ErrorMessage is null ? null : FieldId + "-error" }
            .Where(id => !string.IsNullOrEmpty(id))]);

    protected IHtmlContent? HintAndError() => new Pieces(
        (Hint is null ? null : Hint with { Id = FieldId + "-hint" })?.Render(),
        (ErrorMessage is null ? null : ErrorMessage with { Id = FieldId + "-error" })?.Render());

    protected Element Group(params ReadOnlySpan<IHtmlContent?> content) =>
        new Element("div")
            .Class("govuk-form-group", ErrorMessage is null ? null : "govuk-form-group--error", FormGroup?.Classes)
            .Attrs(FormGroup?.Attributes)
            .Add(content);

    /// <summary>A field with one control.</summary>
    protected Element GroupWithLabel(IHtmlContent control) => Group(
        (Label is null ? null : Label with { For = FieldId })?.Render(),
        HintAndError(),
        FormGroup?.BeforeInput?.Body,
        control,
        FormGroup?.AfterInput?.Body);
}
