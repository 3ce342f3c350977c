using System.Globalization;
using System.Text.RegularExpressions;
using FollowUp.Email;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>A contact as somebody has written it down.</summary>
public sealed record ContactForm(string? Name, string? Email, string? Role, DateOnly? From, DateOnly? Until);

/// <summary>An organisation as somebody has written it down: every part may be missing or wrong.</summary>
public sealed partial record OrganisationForm
{
    public string? Name { get; init; }

    public string? Kind { get; init; }

    public string? EscalatesTo { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    public IReadOnlyList<string>? Domains { get; init; }

    public DateOnly? Until { get; init; }

    public string? Successor { get; init; }

    public IReadOnlyList<ContactForm>? Contacts { get; init; }

    /// <summary>The organisation that the form describes, or what is wrong with it.</summary>
    public Outcome<Organisation> Read(OrganisationId id, OrganisationDirectory directory)
    {
        var problems = new Problems();
        var organisation = new Organisation
        {
            Id = id,
            Name = problems.Line(Name, "name", "the organisation’s name", 200),
            Kind = ReadKind(problems),
            EscalatesTo = ReadReference(problems, EscalatesTo, "escalatesTo", id, directory),
            Successor = ReadReference(problems, Successor, "successor", id, directory),
            Until = Until,
            Aliases = [.. (Aliases ?? []).Select((alias, i) => problems.Line(alias, $"aliases[{i}]", "the other name, or leave it out", 200))],
            Domains = [.. (Domains ?? []).Select((domain, i) => ReadDomain(problems, domain, $"domains[{i}]"))],
            Contacts = [.. (Contacts ?? []).Select((contact, i) => ReadContact(problems, contact ?? new ContactForm(null, null, null, null, null), $"contacts[{i}]"))],
        };
        problems.AddWhen(id.IsStaff, "id", OrganisationId.Expected);
        problems.AddWhen(organisation.Contacts.Count > 40, "contacts", "An organisation has 40 contacts or fewer");
        problems.AddWhen(EscalatesInACircle(organisation, directory), "escalatesTo", "The line of escalation would go round in a circle: choose an organisation that does not escalate to this one");
        RefuseRepeatedContacts(problems, organisation);
        return problems.Any ? problems.Refusal : organisation;
    }

    private OrganisationKind ReadKind(Problems problems)
    {
        var known = Json.TryReadWord<OrganisationKind>(Kind, out var kind);
        problems.AddWhen(!known, "kind", "Choose the kind of organisation: crc, nps, owner, hmpps or other");
        return kind;
    }

    private static OrganisationId? ReadReference(Problems problems, string? text, string field, OrganisationId self, OrganisationDirectory directory)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // One that cannot be read stays named: who changes a contact must not cut the line above
        var found = OrganisationId.TryParse(text.Trim(), null, out var id) && directory.Knows(id);
        problems.AddWhen(!found, field, $"There is no organisation “{text}”: enter the id of one in the directory, or add it first");
        problems.AddWhen(found && id == self, field, "An organisation cannot name itself here: choose another one");
        return found ? id : null;
    }

    private static string ReadDomain(Problems problems, string? text, string field)
    {
        var domain = (text ?? "").Trim().TrimStart('@').ToLowerInvariant();
        problems.AddWhen(!DomainShape().IsMatch(domain), field, $"“{text}” is not a mail domain: enter it like bgsw.example");
        return domain;
    }

    private static Contact ReadContact(Problems problems, ContactForm form, string field)
    {
        var name = problems.PersonName(form.Name, field + ".name", "the contact’s name");
        problems.AddWhen(!EmailAddress.TryParse(form.Email, null, out var email), field + ".email", EmailAddress.Expected);
        var known = Json.TryReadWord<ContactRole>(form.Role, out var role);
        problems.AddWhen(!known, field + ".role", "Choose the contact’s role: main, second or director");
        problems.AddWhen(form.Until < form.From, field + ".until", "The contact’s last day must be the same as or after the first day");
        return new Contact(name, email, role, form.From, form.Until);
    }

    private static void RefuseRepeatedContacts(Problems problems, Organisation organisation)
    {
        var seen = new HashSet<(EmailAddress, ContactRole)>();
        for (var i = 0; i < organisation.Contacts.Count; i++)
        {
            var contact = organisation.Contacts[i];
            problems.AddWhen(
                contact.Email != default && !seen.Add((contact.Email, contact.Role)),
                string.Create(CultureInfo.InvariantCulture, $"contacts[{i}].email"),
                $"{contact.Email} is there twice as {contact.Role.ToString().ToLowerInvariant()} contact: take one out");
        }
    }

    private static bool EscalatesInACircle(Organisation organisation, OrganisationDirectory directory)
    {
        var seen = new HashSet<OrganisationId> { organisation.Id };
        for (var next = directory.Find(organisation.EscalatesTo); next is not null; next = directory.Find(next.EscalatesTo))
        {
            if (!seen.Add(next.Id))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\z")]
    private static partial Regex DomainShape();
}
