using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>The code that opens a link. It holds no link itself: what is needed to get in does not lie in one email.</summary>
internal static class CodeLetter
{
    public static EmailContent Write(LetterFacts facts)
    {
        var lasts = $"It works once, for {EntryCode.Lasts.TotalMinutes:0} minutes.";
        return new EmailContent("Your code for inspection recommendations", lasts,
        [
            new EmailBlock.Heading("Your code", 1),
            new EmailBlock.Paragraph($"Dear {SafeText.Name(facts.Recipient.Name, 80)},"),
            new EmailBlock.Paragraph($"This is the code to open the recommendations of {facts.Inspectorate()} to {facts.OrganisationName()}. Enter it on the page that asked for it. {lasts}"),
            new EmailBlock.Facts([("Code", facts.Code ?? throw new ArgumentException("There is no code.", nameof(facts)))]),
            new EmailBlock.Paragraph("Do not pass it on. Nobody from the inspectorate will ask you for it."),
            new EmailBlock.Heading("About this email"),
            new EmailBlock.Paragraph("You get this email because somebody opened your link and entered your email address. If it was not you, reply to this email: we can end the link."),
        ]);
    }
}
