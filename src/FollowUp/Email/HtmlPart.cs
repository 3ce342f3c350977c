using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FollowUp.Email;

/// <summary>The HTML part: tables and inline styles, since that is what mail clients agree on; nothing is loaded from anywhere.</summary>
internal static class HtmlPart
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Render(string subject, EmailContent content, EmailFrame frame) => EmailLayout.Page(
        Encode(subject),
        Encode(content.Preview),
        Encode(SafeText.Name(frame.Inspectorate)),
        Encode(frame.Footer),
        string.Concat(content.Blocks.Select(Html)));

    private static string Html(EmailBlock block) => block switch
    {
        EmailBlock.Heading heading => Heading(Math.Clamp(heading.Level, 1, 3), Encode(heading.Text)),
        EmailBlock.Paragraph paragraph => $"<p style=\"{EmailLayout.Text}\">{Lines(paragraph.Text)}</p>\n",
        EmailBlock.SmallPrint small => $"<p class=\"quiet\" style=\"{EmailLayout.Small}\">{Lines(small.Text)}</p>\n",
        EmailBlock.Notice notice => $"<p class=\"notice\" style=\"{EmailLayout.Notice}\">{Lines(notice.Text)}</p>\n",
        EmailBlock.Quote quote => $"<blockquote class=\"quote\" style=\"{EmailLayout.Quote}\">{Lines(quote.Text)}</blockquote>\n",
        EmailBlock.Bullets bullets => $"<ul style=\"{EmailLayout.List}\">\n{string.Concat(bullets.Items.Select(Bullet))}</ul>\n",
        EmailBlock.Facts facts => $"<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{EmailLayout.Facts}\">\n{string.Concat(facts.Rows.Select(Fact))}</table>\n",
        EmailBlock.Button button => Button(Encode(button.Text), Encoder.Encode(EmailRenderer.Address(button.Target))),
        EmailBlock.Rule => $"<hr style=\"{EmailLayout.Rule}\">\n",
        _ => throw new NotSupportedException($"There is no HTML for {block.GetType().Name}."),
    };

    private static string Heading(int level, string text) => $"<h{level} style=\"{EmailLayout.HeadingOf(level)}\">{text}</h{level}>\n";

    private static string Bullet(string item) => $"<li style=\"{EmailLayout.ListItem}\">{Lines(item)}</li>\n";

    private static string Fact((string Label, string Value) row) =>
        $"<tr><th scope=\"row\" class=\"line\" style=\"{EmailLayout.FactLabel}\">{Encode(row.Label)}:</th> <td class=\"line\" style=\"{EmailLayout.FactValue}\">{Encode(row.Value)}</td></tr>\n";

    // The bare address stands under the button for those whose client shows no button
    private static string Button(string text, string address) =>
        $"""
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="{EmailLayout.ButtonTable}">
        <tr><td bgcolor="#00703c" style="{EmailLayout.ButtonCell}"><a href="{address}" style="{EmailLayout.Button}">{text}</a></td></tr>
        </table>
        <p style="{EmailLayout.BareLink}"><a class="link" href="{address}" style="{EmailLayout.Link}">{address}</a></p>

        """;

    private static string Encode(string text) => Encoder.Encode(SafeText.OneLine(text));

    private static string Lines(string text) => string.Join("<br>\n", SafeText.Lines(text).Select(Encoder.Encode));
}
