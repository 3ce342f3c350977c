using FollowUp.Email;

namespace FollowUp.Chasing.Letters;

/// <summary>A new link, which somebody asked for on the page of one that does not work.</summary>
internal static class NewLinkLetter
{
    public static EmailContent Write(LetterFacts facts) => LetterFrame.Write(
        facts,
        $"Your new link: recommendations to {SafeText.Name(facts.Organisation.Name, 60)}",
        "Your new link",
        [
            new EmailBlock.Paragraph($"Somebody asked for a new link for this email address, on a page of a link that does not work. This is it. It leads to the recommendations of {facts.Inspectorate()} to {facts.OrganisationName()}."),
        ],
        facts.ToOwn() ? "Open your recommendations" : "Read the recommendations",
        [
            .. OpenMatters.Of(facts),
            new EmailBlock.Heading("If you did not ask for it"),
            new EmailBlock.Paragraph("You do not need to do anything. We send new links to the addresses in our records only."),
        ]);
}
