using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace FollowUp.Pages.Markup;

/// <summary>Plain text, encoded on writing.</summary>
internal sealed class TextContent(string? text) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => encoder.Encode(writer, text ?? "");
}

/// <summary>Several pieces, one after the other.</summary>
internal sealed class Pieces(params IEnumerable<IHtmlContent?> pieces) : IHtmlContent
{
    private readonly IHtmlContent?[] _pieces = [.. pieces];

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var piece in _pieces)
            piece?.WriteTo(writer, encoder);
    }
}

/// <summary>What every component may have: text or markup, further classes and attributes.</summary>
internal record Component
{
    public string? Text { get; init; }
    public IHtmlContent? Html { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }

    /// <summary>The markup if there is any, else the text.</summary>
    public IHtmlContent? Body => Html ?? (string.IsNullOrEmpty(Text) ? null : new TextContent(Text));
}
