using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

/// <summary>One HTML element. Text and attribute values are encoded on writing; only <see cref="IHtmlContent"/> goes out as it is.</summary>
internal sealed class Element(string name) : IHtmlContent
{
    private static readonly HashSet<string> Void = ["input"];
    private readonly List<(string Name, string? Value)> _attributes = [];
    private readonly List<IHtmlContent> _children = [];

    /// <summary>The class attribute: the names that are given, in order.</summary>
    public Element Class(params ReadOnlySpan<string?> names)
    {
        var joined = string.Join(' ', [.. from name in names.ToArray() where !string.IsNullOrWhiteSpace(name) select name.Trim()]);
        return joined.Length == 0 ? this : With("class", joined);
    }

    /// <summary>An attribute, unless its value is null or empty.</summary>
    public Element Attr(string attribute, string? value) => string.IsNullOrEmpty(value) ? this : With(attribute, value);

    /// <summary>An attribute, also an empty one.</summary>
    public Element With(string attribute, string? value)
    {
        _attributes.Add((attribute, value ?? ""));
        return this;
    }

    /// <summary>An attribute without a value, such as <c>disabled</c>.</summary>
    public Element Flag(string attribute, bool on)
    {
        if (on)
            _attributes.Add((attribute, null));
        return this;
    }

    /// <summary>The attributes that a page added by itself.</summary>
    public Element Attrs(IReadOnlyDictionary<string, string?>? attributes)
    {
        foreach (var (attribute, value) in attributes ?? new Dictionary<string, string?>())
            _attributes.Add((attribute, value));
        return this;
    }

    public Element Add(params ReadOnlySpan<IHtmlContent?> children)
    {
        foreach (var child in children)
        {
            if (child is not null)
                _children.Add(child);
        }

        return this;
    }

    public Element Add(IEnumerable<IHtmlContent?> children) => Add(children.ToArray());

    public Element Text(string? text) => Add(new TextContent(text));

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write($"<{name}");
        foreach (var (attribute, value) in _attributes)
        {
            writer.Write(' ');
            writer.Write(attribute);
            if (value is null)
                continue;
            writer.Write("=\"");
            encoder.Encode(writer, value);
            writer.Write('"');
        }

        writer.Write('>');
        foreach (var child in _children)
            child.WriteTo(writer, encoder);
        if (!Void.Contains(name))
            writer.Write($"</{name}>");
    }
}
