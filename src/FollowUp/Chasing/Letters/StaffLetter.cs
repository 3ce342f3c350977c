using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;

namespace FollowUp.Chasing.Letters;

/// <summary>Chasing that has come to the inspectorate's own staff; the link leads to the staff pages.</summary>
internal static class StaffLetter
{
    public static EmailContent Write(LetterFacts facts)
    {
        var matters = Matter.Of(facts);
        var gravest = ChasingLetter.Gravest(matters);
        var owed = Owed.On(gravest);
        var left = facts.Calendar.Left(gravest[0].DueOn, facts.Today);
        var overdue = gravest[0].Urgency == Urgency.Overdue;
        return LetterFrame.Write(
            facts,
            $"{Words.UpperFirst(left)}: {SafeText.Name(facts.Organisation.Name, 60)}, {Owed.What(matters)}{facts.Area()}",
            overdue ? $"{facts.OrganisationName()} has not sent its {owed.Noun}" : $"We cannot reach {facts.OrganisationName()}",
            [
                new EmailBlock.Paragraph($"{facts.OrganisationName()} owes its {owed.Noun} {owed.Preposition} {Owed.What(gravest)}. The deadline {(overdue ? "was" : "is")} {gravest[0].DueOn.WithWeekday()}: {left}."),
                new EmailBlock.Facts([.. MatterParts.Shared(matters, facts).Rows, .. Contacts(facts)]),
            ],
            "Open it in FollowUp",
            [
                .. MatterParts.Each(matters, facts),
                new EmailBlock.Heading("What has happened so far"),
                new EmailBlock.Bullets([.. MatterParts.Together(matters, m => UpwardLetter.StoryOf(m, facts))]),
                .. MatterParts.Next(matters, facts, WhatHappensNext.ToStaff, "You can extend, pause, reassign or close at any time."),
            ]);
    }

    private static IEnumerable<(string, string)> Contacts(LetterFacts facts)
    {
        var contacts = facts.Organisation.ContactsOn(facts.Today, ContactRole.Main, ContactRole.Director).OrderBy(c => c.Role).ToList();
        return contacts.Count == 0
            ? [("Contacts", "There is no valid main contact or director. Add one in FollowUp.")]
            : contacts.Select(c => (c.Role == ContactRole.Main ? "Main contact" : "Director", $"{SafeText.Name(c.Name, 80)}, {c.Email}"));
    }
}
