using System.Text;

namespace FollowUp.Email;

/// <summary>The plain-text part: no line longer than it must be, links alone on their lines.</summary>
internal static class TextPart
{
    private const int Width = 72;

    // People's own words stand further in, so that they cannot pass for ours
    private const string QuoteIndent = "    ";

    public static string Render(EmailContent content, EmailFrame frame)
    {
        var text = new StringBuilder();
        Wrap(text, SafeText.Name(frame.Inspectorate));
        Wrap(text, EmailFrame.Service);
        foreach (var block in content.Blocks)
        {
            text.Append('\n');
            Append(text, block);
        }

        text.Append('\n').Append(Line('-')).Append("\n\n");
        Wrap(text, frame.Footer);
        return text.ToString();
    }

    private static void Append(StringBuilder text, EmailBlock block)
    {
        switch (block)
        {
            case EmailBlock.Heading heading:
                AppendHeading(text, heading);
                break;
            case EmailBlock.Paragraph paragraph:
                WrapLines(text, paragraph.Text);
                break;
            case EmailBlock.SmallPrint small:
                WrapLines(text, small.Text);
                break;
            case EmailBlock.Notice notice:
                WrapLines(text, notice.Text, "! ", "  ");
                break;
            case EmailBlock.Quote quote:
                WrapLines(text, quote.Text, QuoteIndent, QuoteIndent);
                break;
            case EmailBlock.Bullets bullets:
                foreach (var item in bullets.Items)
                {
                    WrapLines(text, item, "* ", "  ");
                }

                break;
            case EmailBlock.Facts facts:
                foreach (var (label, value) in facts.Rows)
                {
                    Wrap(text, $"{SafeText.OneLine(label)}: {SafeText.OneLine(value)}", "", "  ");
                }

                break;
            case EmailBlock.Button button:
                Wrap(text, SafeText.OneLine(button.Text));
                text.Append(EmailRenderer.Address(button.Target)).Append('\n');
                break;
            case EmailBlock.Rule:
                text.Append(Line('-')).Append('\n');
                break;
            default:
                throw new NotSupportedException($"There is no plain text for {block.GetType().Name}.");
        }
    }

    private static void AppendHeading(StringBuilder text, EmailBlock.Heading heading)
    {
        var start = text.Length;
        Wrap(text, SafeText.OneLine(heading.Text));
        var longest = text.ToString(start, text.Length - start).Split('\n').Max(l => l.Length);
        if (heading.Level < 3)
        {
            text.Append(heading.Level == 1 ? '=' : '-', Math.Min(longest, Width)).Append('\n');
        }
    }

    private static void WrapLines(StringBuilder text, string words, string first = "", string next = "")
    {
        foreach (var line in SafeText.Lines(words))
        {
            if (line.Length == 0)
            {
                text.Append('\n');
            }
            else
            {
                Wrap(text, line, first, next);
                first = next;
            }
        }
    }

    /// <summary>Breaks between words only: a word that is too long for a line gets one of its own.</summary>
    private static void Wrap(StringBuilder text, string line, string first = "", string next = "")
    {
        text.Append(first);
        var column = first.Length;
        var empty = true;
        foreach (var word in SafeText.Words(line))
        {
            if (!empty && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(next);
                column = next.Length;
                empty = true;
            }

            text.Append(empty ? "" : " ").Append(word);
            column += word.Length + (empty ? 0 : 1);
            empty = false;
        }

        text.Append('\n');
    }

    private static string Line(char character) => new(character, Width);
}
