using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What staff pages say of those who will be written to.</summary>
internal static class OutlookWords
{
    /// <summary>"Anna Hill, main contact of Gloucestershire CRC".</summary>
    public static string Who(OutlookRecipient recipient, OrganisationDirectory directory) => recipient switch
    {
        { Relation: Relation.Staff } => $"{recipient.Name}, inspectorate",
        { Role: { } role, Of: { } of } when OrganisationId.TryParse(of, null, out var id) => $"{recipient.Name}, {role.InWords()} of {directory.NameOf(id)}",
        _ => recipient.Name,
    };

    public static string NameOf(this OrganisationDirectory directory, string id) =>
        OrganisationId.TryParse(id, null, out var known) ? directory.NameOf(known) : id;

    /// <summary>The colour of the tag of a kind of email: the graver, the redder.</summary>
    public static string Colour(this MessageKind kind) => kind switch
    {
        MessageKind.Notice => "blue",
        MessageKind.Reminder => "yellow",
        MessageKind.Overdue => "orange",
        MessageKind.Escalation => "red",
        _ => "grey",
    };
}
