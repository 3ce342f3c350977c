namespace FollowUp.Email;

/// <summary>Makes both parts of an email from the same pieces.</summary>
internal static class EmailRenderer
{
    /// <summary>The longest subject: more is cut off by inboxes anyway.</summary>
    public const int LongestSubject = 120;

    public static RenderedEmail Render(EmailContent content, EmailFrame frame)
    {
        // A line break in a subject would let its author add headers of their own
        var subject = SafeText.OneLine(content.Subject).Shortened(LongestSubject);
        return new RenderedEmail(subject, HtmlPart.Render(subject, content, frame), TextPart.Render(content, frame));
    }

    /// <summary>A link as both parts write it, letter by letter the same.</summary>
    public static string Address(Uri target) => target.IsAbsoluteUri && target.Scheme is ("https" or "http")
        ? target.AbsoluteUri
        : throw new ArgumentException("A link in an email needs a full web address.", nameof(target));
}
