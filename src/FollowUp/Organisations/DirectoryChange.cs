using FollowUp.Pages;

namespace FollowUp.Organisations;

/// <summary>A change of an organisation's entry, in plain words.</summary>
internal sealed record DirectoryChange(DateTimeOffset At, string By, string Title, IReadOnlyList<string> What)
{
    public static DirectoryChange Of(DirectoryEvent happened, OrganisationDirectory directory) => happened.Before is { } before
        ? new DirectoryChange(happened.At, happened.Actor, "Entry changed", [.. Differences(before, happened.After, directory)])
        : new DirectoryChange(happened.At, happened.Actor, "Added to the directory", []);

    private static IEnumerable<string> Differences(Organisation before, Organisation after, OrganisationDirectory directory)
    {
        string?[] found =
        [
            Moved("Name", before.Name, after.Name),
            Moved("Kind", before.Kind.InWords(), after.Kind.InWords()),
            Moved("Escalates to", Name(before.EscalatesTo), Name(after.EscalatesTo)),
            Moved("Other names", string.Join(", ", before.Aliases), string.Join(", ", after.Aliases)),
            Moved("Mail domains", string.Join(", ", before.Domains), string.Join(", ", after.Domains)),
            Moved("Last day", before.Until?.InWords(), after.Until?.InWords()),
            Moved("Successor", Name(before.Successor), Name(after.Successor)),
        ];
        return found.OfType<string>()
            .Concat(OfContacts(before, after))
            .DefaultIfEmpty("Saved without a change.");

        string? Name(OrganisationId? id) => id is { } known ? directory.NameOf(known) : null;
    }

    /// <summary>What has changed of the contacts, a line each.</summary>
    public static IEnumerable<string> OfContacts(Organisation before, Organisation after) =>
        before.Contacts.Except(after.Contacts).Select(c => $"Contact taken out: {Say(c)}.")
            .Concat(after.Contacts.Except(before.Contacts).Select(c => $"Contact added: {Say(c)}."));

    private static string? Moved(string what, string? before, string? after) =>
        (before ?? "") == (after ?? "") ? null : $"{what}: {Shown(before)}, now {Shown(after)}.";

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "none" : $"“{value}”";

    private static string Say(Contact contact) =>
        $"{contact.Name} ({contact.Email}), {contact.Role.InWords()}{(contact.From is { } from ? $" from {from.InWords()}" : "")}{(contact.Until is { } until ? $" until {until.InWords()}" : "")}";
}
