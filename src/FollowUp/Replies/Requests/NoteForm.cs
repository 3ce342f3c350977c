namespace FollowUp.Replies;

/// <summary>A note on a closed recommendation as somebody has written it down.</summary>
public sealed record NoteForm(string? Text, string? Name, string? Role)
{
    /// <summary>As long as an answer may be, so that one that came too late can be sent as a note.</summary>
    public const int LongestText = 40_000;

    /// <summary>So many notes on one recommendation are taken on a London day; each has a receipt sent to several people.</summary>
    internal const int MostADay = 10;

    internal void Check(Problems problems)
    {
        problems.Text(Text, "text", "your note", LongestText);
        problems.Line(Name, "name", "your full name", 100);
        problems.Line(Role, "role", "your job title", 100);
    }
}
