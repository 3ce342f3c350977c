namespace FollowUp.Email;

/// <summary>A piece of an email. Both parts, HTML and text, are rendered from the same pieces, so they say the same.</summary>
public abstract record EmailBlock
{
    /// <param name="Text">One line.</param>
    /// <param name="Level">1 for the email's title, 2 for a section, 3 for one thing of several.</param>
    public sealed record Heading(string Text, int Level = 2) : EmailBlock;

    public sealed record Paragraph(string Text) : EmailBlock;

    public sealed record Bullets(IReadOnlyList<string> Items) : EmailBlock;

    /// <summary>Somebody's own words, such as the text of a recommendation. Its lines are kept.</summary>
    public sealed record Quote(string Text) : EmailBlock;

    /// <summary>Labels with their values, such as a deadline.</summary>
    public sealed record Facts(IReadOnlyList<(string Label, string Value)> Rows) : EmailBlock;

    /// <summary>The one thing to press.</summary>
    public sealed record Button(string Text, Uri Target) : EmailBlock;

    /// <summary>Something that must not be overlooked.</summary>
    public sealed record Notice(string Text) : EmailBlock;

    /// <summary>Something that has to be said, but not first.</summary>
    public sealed record SmallPrint(string Text) : EmailBlock;

    public sealed record Rule : EmailBlock;
}

/// <summary>What an email says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Preview">What an inbox shows beside the subject.</param>
public sealed record EmailContent(string Subject, string Preview, IReadOnlyList<EmailBlock> Blocks);

/// <summary>What is the same around every email: whom it comes from and whom to ask.</summary>
/// <param name="Inspectorate">The inspectorate's name.</param>
/// <param name="Mailbox">The inspectorate's mailbox, which is also reply-to.</param>
public sealed record EmailFrame(string Inspectorate, string Mailbox)
{
    public const string Service = "FollowUp";

    /// <summary>The words at the foot of every email.</summary>
    public string Footer => $"{Service} is the service that {SafeText.Name(Inspectorate)} uses to follow up its recommendations. Questions? Reply to this email or write to {SafeText.OneLine(Mailbox)}.";
}

/// <summary>An email ready to send.</summary>
public sealed record RenderedEmail(string Subject, string Html, string Text);
