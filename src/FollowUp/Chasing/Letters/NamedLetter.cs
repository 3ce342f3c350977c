using FollowUp.Email;
using FollowUp.Organisations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>To somebody whom a colleague has named: what this is about, what is asked, and the link.</summary>
internal static class NamedLetter
{
    public static EmailContent Write(LetterFacts facts, Named what)
    {
        var by = SafeText.Name(what.By, 80);
        var role = facts.Recipient.Role == ContactRole.Main ? "the main contact" : "a second contact";
        return LetterFrame.Write(
            facts,
            $"You are now {role} for recommendations to {SafeText.Name(facts.Organisation.Name, 60)}",
            $"{by} has named you",
            [
                new EmailBlock.Paragraph($"{by} has named you as {role} of {facts.OrganisationName()} for the recommendations of {facts.Inspectorate()}{(what.Instead ? $", in place of {by}" : "")}."),
                new EmailBlock.Paragraph("By this link you see what is asked, and send the answer. What your colleagues have saved so far is there, too."),
            ],
            "Open your recommendations",
            [
                .. OpenMatters.Of(facts),
                new EmailBlock.Heading("If it should not be you"),
                new EmailBlock.Paragraph("Open the link and name somebody else, or reply to this email."),
            ]);
    }
}

/// <summary>To the other main contacts: who was named, and by whom.</summary>
internal static class ContactNamedLetter
{
    public static EmailContent Write(LetterFacts facts, ContactNamed what)
    {
        var (name, by) = (SafeText.Name(what.Name, 80), SafeText.Name(what.By, 80));
        return LetterFrame.Write(
            facts,
            $"New contact: {name}, {SafeText.Name(facts.Organisation.Name, 60)}",
            $"{name} is a new contact",
            [
                new EmailBlock.Paragraph($"{by} has named {name} as {what.Role.InWords()} of {facts.OrganisationName()}, by the link in an email of ours.{(what.Instead ? $" {by} is a contact no longer, and their links have ended." : "")}"),
                new EmailBlock.Facts([("Name", name), ("Email", SafeText.OneLine(what.Email)), ("Role", what.Role.InWords().UpperFirst()), ("Named by", by)]),
            ],
            "See your recommendations",
            [
                new EmailBlock.Heading("If this is wrong"),
                new EmailBlock.Paragraph("Reply to this email at once. We can end the link and take the contact out."),
            ]);
    }
}

/// <summary>To the person who named a colleague. It brings no link: whoever was replaced has none any more.</summary>
internal static class NamingDecidedLetter
{
    public static EmailContent Write(LetterFacts facts, NamingDecided what)
    {
        var name = SafeText.Name(what.Name, 80);
        var role = what.Role.InWords();
        var title = what.Agreed ? $"{name} is now {role}" : $"{name} was not taken as {role}";
        var says = what.Agreed
            ? $"By the link that we sent to you, {name} was named as {role} of {facts.OrganisationName()}. We have written to them.{(what.Instead ? " You are a contact no longer, and your links have ended." : "")}"
            : $"By the link that we sent to you, {name} was named as {role} of {facts.OrganisationName()}. The address is not at one of the organisation’s own mail domains, so {facts.Inspectorate()} had to decide, and has not agreed. Nothing has changed, and your link works as before.";
        return new EmailContent($"{title}: {SafeText.Name(facts.Organisation.Name, 60)}", says,
        [
            new EmailBlock.Heading(title, 1),
            new EmailBlock.Paragraph($"Dear {SafeText.Name(facts.Recipient.Name, 80)},"),
            new EmailBlock.Paragraph(says),
            new EmailBlock.Facts([("Name", name), ("Email", SafeText.OneLine(what.Email)), ("Role", role.UpperFirst())]),
            new EmailBlock.Paragraph("If it was not you who did this, reply to this email at once."),
            new EmailBlock.Heading("About this email"),
            new EmailBlock.Paragraph("You get this email because somebody named a contact by your link."),
        ]);
    }
}
