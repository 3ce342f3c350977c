using FollowUp.Email;

namespace FollowUp.Chasing.Letters;

/// <summary>The staff's digest of a working morning.</summary>
internal static class StaffDigestLetter
{
    public static EmailContent Write(StaffDigest digest, string name, Uri link)
    {
        var counts = new[]
        {
            Count(digest.Totals?[0] ?? digest.Tasks.Count, "task"), Count(digest.Totals?[1] ?? digest.AwaitingReview.Count, "to review", "to review"),
            Count(digest.Totals?[2] ?? digest.Upward.Count, "email going up", "emails going up"), Count(digest.Totals?[3] ?? digest.Overdue.Count, "overdue", "overdue"),
        }.OfType<string>().ToList();
        return new EmailContent(
            $"FollowUp on {digest.On.Short()}: {Wording.List(counts)}",
            Wording.List(counts).UpperFirst(),
            [
                new EmailBlock.Heading($"FollowUp on {digest.On.Long()}", 1),
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
