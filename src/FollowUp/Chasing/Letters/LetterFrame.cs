using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>What every letter has: a greeting, the one link, and why it came. Whom to ask stands at the foot of every email.</summary>
internal static class LetterFrame
{
    /// <param name="title">The heading, which says in one line what the letter is about.</param>
    /// <param name="first">What must be read before pressing the button.</param>
    /// <param name="button">What pressing does.</param>
    /// <param name="rest">Everything else.</param>
    public static EmailContent Write(LetterFacts facts, string subject, string title, IEnumerable<EmailBlock> first, string button, IEnumerable<EmailBlock> rest)
    {
        var opening = first.ToList();
        return new EmailContent(subject, opening.OfType<EmailBlock.Paragraph>().FirstOrDefault()?.Text ?? title,
        [
            new EmailBlock.Heading(title, 1),
            new EmailBlock.Paragraph($"Dear {SafeText.Name(facts.Recipient.Name, 80)},"),
            .. opening,
            new EmailBlock.Button(button, facts.Link),
            new EmailBlock.Paragraph(AboutTheLink(facts)),
            .. rest,
            new EmailBlock.Heading("About this email"),
            new EmailBlock.Paragraph($"{WhyYou(facts)}{SomebodyElse(facts)}"),
        ]);
    }

    public static string OrganisationName(this LetterFacts facts) => SafeText.Name(facts.Organisation.Name);

    public static string Inspectorate(this LetterFacts facts) => SafeText.Name(facts.InspectorateName);

    public static bool ToOwn(this LetterFacts facts) => facts.Recipient.Relation == Relation.Own;

    /// <summary>" (Gloucestershire)", at the end of subjects; empty when the letter is about several inspections.</summary>
    public static string Area(this LetterFacts facts) =>
        facts.Items.Select(i => i.Inspection.Area).Distinct().ToList() is [var area] ? $" ({SafeText.Name(area, 40)})" : "";

    private static string AboutTheLink(LetterFacts facts) => facts.Recipient.Relation switch
    {
        Relation.Own => $"You do not need an account. This link is personal to you, {SafeText.Name(facts.Recipient.Name, 80)}, and to {facts.OrganisationName()}. Anyone who has it can answer in your organisation’s name, so do not forward this email.",
        Relation.Upward => $"You do not need an account. This link is personal to you, {SafeText.Name(facts.Recipient.Name, 80)}, and shows what {facts.OrganisationName()} was asked and has answered. Anyone who has it can read that and act in your name, so do not forward this email.",
        _ => "Sign in with your usual work account.",
    };

    private static string SomebodyElse(LetterFacts facts) =>
        facts.Recipient.Relation == Relation.Staff ? "" : " If somebody else should get it, open the link and name them.";

    private static string WhyYou(LetterFacts facts) => facts.Recipient switch
    {
        { Relation: Relation.Own } own => $"You get this email because you are {Role(own.Role)} for {facts.OrganisationName()}.",
        { Relation: Relation.Upward, Of: { } of } up => $"You get this email because you are {Role(up.Role)} for {SafeText.Name(facts.OrganisationDirectory.NameOf(of))}, which our records show above {facts.OrganisationName()}.",
        { Relation: Relation.Upward } => $"You get this email because our records show you above {facts.OrganisationName()}.",
        var staff when facts.Items.Any(i => i.Inspection.LeadInspector.Email == staff.Email) => "You get this email because you are the lead inspector.",
        _ => $"You get this email because you work for {facts.Inspectorate()}.",
    };

    private static string Role(ContactRole? role) => role switch
    {
        ContactRole.Main => "the main contact",
        ContactRole.Second => "the second contact",
        ContactRole.Director => "the director",
        _ => "a contact",
    };
}
