using FollowUp.Email;

namespace FollowUp.Chasing.Letters;

/// <summary>The staff's digest of a working morning.</summary>
internal static class StaffDigestLetter
{
    public static EmailContent Write(StaffDigest digest, string name, Uri link)
    {
        var counts = new[]
        {
            Count(digest.Total(DigestSection.Tasks), "task"), Count(digest.Total(DigestSection.AwaitingReview), "to review", "to review"),
            Count(digest.Total(DigestSection.Upward), "email going up", "emails going up"), Count(digest.Total(DigestSection.Overdue), "overdue", "overdue"),
        }.OfType<string>().ToList();
        return new EmailContent(
            $"FollowUp on {digest.On.InWords()}: {Wording.List(counts)}",
            Wording.List(counts).UpperFirst(),
            [
                new EmailBlock.Heading($"FollowUp on {digest.On.WithWeekday()}", 1),
                new EmailBlock.Paragraph($"Dear {SafeText.Name(name, 80)},"),
                new EmailBlock.Paragraph($"This morning: {Wording.List(counts)}."),
                new EmailBlock.Button("Open FollowUp", link),
                new EmailBlock.Paragraph("Sign in with your usual work account."),
                .. Section("What you need to do", digest.Tasks),
                .. Section("What awaits review", digest.AwaitingReview),
                .. Section("What goes upward in the next five working days", digest.Upward),
                .. Section("What is overdue", digest.Overdue),
                new EmailBlock.Heading("About this email"),
                new EmailBlock.Paragraph("You get this email on working mornings on which there is something to tell about inspections that you lead or that are in your care."),
            ]);
    }

    private static string? Count(int number, string one, string? plural = null) =>
        number == 0 ? null : $"{number} {(number == 1 ? one : plural ?? one + "s")}";

    private static IEnumerable<EmailBlock> Section(string title, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? [] : [new EmailBlock.Heading(title), new EmailBlock.Bullets([.. lines.Select(SafeText.OneLine)])];
}
