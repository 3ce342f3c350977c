using System.ComponentModel.DataAnnotations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Organisations;

/// <summary>The form of an organisation with its contacts. Its buttons work without JavaScript, and lose nothing that was typed.</summary>
internal abstract class OrganisationFormPage(OrganisationsTable organisations) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? EscalatesTo { get; set; }

    /// <summary>One on each line.</summary>
    [BindProperty]
    public string? Aliases { get; set; }

    /// <inheritdoc cref="Aliases"/>
    [BindProperty]
    public string? Domains { get; set; }

    [BindProperty, Display(Name = "Last day of the organisation")]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Successor { get; set; }

    [BindProperty]
    public List<ContactFields> Contacts { get; set; } = [];

    public OrganisationDirectory Directory { get; private set; } = null!;

    public static IEnumerable<SelectListItem> Roles =>
        Enum.GetValues<ContactRole>().Select(role => new SelectListItem(role.InWords().UpperFirst(), role.ToString()));

    /// <summary>The organisations that this one can name.</summary>
    public IEnumerable<SelectListItem> Others(OrganisationId? self) =>
        Directory.All.Where(o => o.Id != self).Select(o => new SelectListItem(o.Name, o.Id.ToString()))
            .Concat(Directory.Ids.Where(Directory.IsUnreadable).Select(id => new SelectListItem($"{id} (its row cannot be read)", id.ToString())));

    protected async Task LoadAsync(CancellationToken stop) => Directory = await organisations.ReadAllAsync(stop);

    protected void Fill(Organisation organisation)
    {
        (Name, Kind, Until) = (organisation.Name, organisation.Kind.ToString(), organisation.Until);
        (EscalatesTo, Successor) = (organisation.EscalatesTo?.ToString(), organisation.Successor?.ToString());
        (Aliases, Domains) = (string.Join('\n', organisation.Aliases), string.Join('\n', organisation.Domains));
        Contacts = [.. organisation.Contacts.Select(ContactFields.Of)];
    }

    protected OrganisationForm Typed() => new()
    {
        Name = Name,
        Kind = Kind,
        EscalatesTo = EscalatesTo,
        Aliases = Lines(Aliases),
        Domains = Lines(Domains),
        Until = Until,
        Successor = Successor,
        Contacts = [.. Contacts.Select(c => c.ToForm())],
    };

    /// <summary>Does what a button asks that only changes the form; false when the form is to be saved.</summary>
    protected bool Rearranged(Press press)
    {
        switch (press)
        {
            case { Name: "add" }:
                this.KeepTyping();
                Contacts.Add(new ContactFields());
                return true;
            case { Name: "remove", Row: var row } when row < Contacts.Count:
                Contacts.RemoveAt(row);
                this.RemoveTypedRow(nameof(Contacts), row);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The form's field for a field of the use case: names and domains stand in one box each.</summary>
    protected static string FieldOf(string field) =>
        field.StartsWith("aliases[", StringComparison.Ordinal) ? nameof(Aliases)
        : field.StartsWith("domains[", StringComparison.Ordinal) ? nameof(Domains)
        : field;

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
