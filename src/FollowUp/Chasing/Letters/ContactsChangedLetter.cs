using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The contacts that are held for an organisation were changed: those who stay are told, so that a wrong change is noticed. It carries no link.</summary>
internal static class ContactsChangedLetter
{
    public static EmailContent Write(ContactsChanged what, string name, string organisation, string inspectorate)
    {
        var (its, ours) = (SafeText.Name(organisation), SafeText.Name(inspectorate));
        return new EmailContent(
            $"Contacts changed: {SafeText.Name(organisation, 80)}",
            $"We have changed the contacts that we hold for {its}.",
            [
                new EmailBlock.Heading($"The contacts of {its} have changed", 1),
                new EmailBlock.Paragraph($"Dear {SafeText.Name(name, 80)},"),
                new EmailBlock.Paragraph($"{SafeText.Name(what.By, 80)}, who works for {ours}, changed the contacts that we hold for {its} at {what.At.Said()}."),
                new EmailBlock.Heading("What has changed"),
                new EmailBlock.Bullets([.. what.What.Select(SafeText.OneLine)]),
                new EmailBlock.Paragraph("Contacts get our emails about recommendations, with links by which they can answer in your organisation’s name."),
                new EmailBlock.Heading("What you need to do"),
                new EmailBlock.Paragraph("If this is right, nothing. If it is wrong, reply to this email at once and tell us who should be a contact."),
                new EmailBlock.Heading("About this email"),
                new EmailBlock.Paragraph($"You get this email because you are a main contact for {its}."),
            ]);
    }
}
