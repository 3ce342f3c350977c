using System.ComponentModel.DataAnnotations;

namespace FollowUp.Organisations;

/// <summary>A contact in the fields of a form.</summary>
internal sealed class ContactFields
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Role { get; set; }

    [Display(Name = "First day")]
    public DateOnly? From { get; set; }

    [Display(Name = "Last day")]
    public DateOnly? Until { get; set; }

    public ContactForm ToForm() => new(Name, Email, Role, From, Until);

    public static ContactFields Of(Contact contact) => new()
    {
        Name = contact.Name,
        Email = contact.Email.ToString(),
        Role = contact.Role.ToString(),
        From = contact.From,
        Until = contact.Until,
    };
}
