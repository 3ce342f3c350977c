using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Contacts;

/// <summary>A colleague as somebody has written them down: every part may be missing or wrong.</summary>
/// <param name="Name">The colleague's name.</param>
/// <param name="Email">Their address.</param>
/// <param name="Role"><c>main</c> or <c>second</c>.</param>
/// <param name="Change"><c>instead</c> or <c>beside</c>; those above an organisation always add one.</param>
public sealed record NominationForm(string? Name, string? Email, string? Role, string? Change)
{
    internal const string Instead = "instead";
    internal const string Beside = "beside";
    private const int MostContacts = 40;

    /// <summary>The nomination that the form describes, or what is wrong with it.</summary>
    internal Outcome<Nomination> Read(Link link, Organisation organisation, Situation situation)
    {
        var problems = new Problems();
        var own = link.Contact.Relation == Relation.Own;
        problems.AddWhen(own && Change is not (Instead or Beside), "change", "Choose whether your colleague takes over from you or joins you");
        var whose = own ? "your colleague’s" : "the contact’s";
        var name = problems.PersonName(Name, "name", $"{whose} full name");
        var readable = EmailAddress.TryParse(Email, null, out var email);
        problems.AddWhen(!readable, "email", string.IsNullOrWhiteSpace(Email) ? $"Enter {whose} email address" : EmailAddress.Expected);
        ContactRole? role = Role switch { "main" => ContactRole.Main, "second" => ContactRole.Second, _ => null };
        problems.AddWhen(role is null, "role", $"Choose whether {(own ? "your colleague" : "the contact")} is the main or the second contact");
        var replaces = own && Change == Instead;
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var contact = new Contact(name, email, role!.Value, situation.Today);
        problems.AddWhen(email == link.Contact.Email, "email", $"This is your own address. Enter {whose}");
        problems.AddWhen(
            organisation.Contacts.Any(c => c.Email == email && c.Role == contact.Role && c.IsValidOn(situation.Today)) && !replaces,
            "email",
            $"{email} is {contact.Role.InWords()} of {organisation.Name} already");
        problems.AddWhen(
            replaces && contact.Role != ContactRole.Main && !NominationRule.Apply(organisation, contact, link.Contact, replaces, situation.Today).ContactsOn(situation.Today, ContactRole.Main).Any(),
            "role",
            "You are the only main contact. Name your colleague as the main contact");
        problems.AddWhen(organisation.Contacts.Count >= MostContacts, "", $"{organisation.Name} has {MostContacts} contacts already. Ask the inspectorate to take one out");
        return problems.Any ? problems.Refusal : new Nomination
        {
            Id = "",
            OrganisationId = organisation.Id,
            Contact = contact,
            Replaces = replaces,
            By = link.Contact,
            LinkId = link.Id,
            At = situation.Now,
            Status = organisation.Domains.Any(email.IsIn) ? NominationStatus.Agreed : NominationStatus.Waiting,
        };
    }
}

/// <summary>What a nomination changes in the directory.</summary>
internal static class NominationRule
{
    public const int MostADay = 20;
    public const int MostADayByOneLink = 5;

    /// <summary>The organisation with the contact that was named, and without whoever leaves. Done again it changes nothing.</summary>
    public static Organisation Apply(Organisation organisation, Contact named, Recipient by, bool replaces, DateOnly today)
    {
        var contacts = organisation.Contacts.Where(c => (c.Email, c.Role) != (named.Email, named.Role) || c.IsValidOn(today)).ToList();
        if (replaces)
        {
            contacts = [.. contacts.Select(c => c.Email == by.Email && c.IsValidOn(today) ? c with { Until = today.AddDays(-1) } : c).Where(c => c.Until is not { } until || c.From is not { } from || from <= until)];
        }

        if (!contacts.Any(c => (c.Email, c.Role) == (named.Email, named.Role)))
        {
            contacts.Add(named);
        }

        return contacts.SequenceEqual(organisation.Contacts) ? organisation : organisation with { Contacts = contacts };
    }
}
