namespace FollowUp.Email;

/// <summary>A piece of an email. Both parts, HTML and text, are rendered from the same pieces, so they say the same.</summary>
public abstract record EmailBlock
{
    public sealed record Heading(string Text) : EmailBlock;

    public sealed record Paragraph(string Text) : EmailBlock;

    public sealed record Bullets(IReadOnlyList<string> Items) : EmailBlock;

    /// <summary>Somebody's own words, such as the text of a recommendation.</summary>
    public sealed record Quote(string Text) : EmailBlock;

    /// <summary>Labels with their values, such as a deadline.</summary>
    public sealed record Facts(IReadOnlyList<(string Label, string Value)> Rows) : EmailBlock;

    /// <summary>The one thing to press.</summary>
    public sealed record Button(string Text, Uri Target) : EmailBlock;

    /// <summary>Something that must not be overlooked.</summary>
    public sealed record Notice(string Text) : EmailBlock;

    public sealed record Rule : EmailBlock;
}

/// <summary>What an email says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Preview">What an inbox shows beside the subject.</param>
public sealed record EmailContent(string Subject, string Preview, IReadOnlyList<EmailBlock> Blocks);
