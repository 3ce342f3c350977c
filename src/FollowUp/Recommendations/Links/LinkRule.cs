using FollowUp.Organisations;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>How long a link opens anything. What ends it is read from the register each time, so it ends at once.</summary>
internal static class LinkRule
{
    /// <summary>So many days after its organisation's last open recommendation a link ends.</summary>
    public const int DaysAfterTheLast = 60;

    /// <summary>Whether the link's contact still is one: of the organisation itself, or of one above it.</summary>
    public static bool IsStillTheirs(Link link, OrganisationDirectory directory, DateOnly today) => IsContact(link.Contact, link.OrganisationId, directory, today);

    /// <summary>Whether somebody may have a link to an organisation's recommendations.</summary>
    public static bool IsContact(Recipient contact, OrganisationId organisation, OrganisationDirectory directory, DateOnly today) =>
        directory.Find(organisation) is { } responsible
        && (contact.Relation == Relation.Own ? Has(responsible, contact, today)
            : contact.Relation == Relation.Upward && directory.Above(responsible).Any(above => above.Id == contact.Of && Has(above, contact, today)));

    /// <summary>Whether nothing of the organisation has been open for so long that the link has ended.</summary>
    /// <param name="link">The link.</param>
    /// <param name="all">The organisation's recommendations, those that went to another one with them.</param>
    /// <param name="today">The day.</param>
    public static bool HasEnded(Link link, IReadOnlyList<Recommendation> all, DateOnly today) =>
        !all.Any(IsOpen) && today > all.Select(LastOpenOn).Append(link.CreatedAt.LondonDate()).Max().AddDays(DaysAfterTheLast);

    public static bool IsOpen(Recommendation state) => state.Move is null && state.Status != RecommendationStatus.Closed;

    private static DateOnly LastOpenOn(Recommendation state) => state.Closure?.At.LondonDate() ?? state.Ask.ClosedOn ?? state.IssuedOn;

    private static bool Has(Organisation organisation, Recipient contact, DateOnly today) =>
        organisation.Contacts.Any(c => c.Email == contact.Email && c.IsValidOn(today));
}
