using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Whom a step reaches on a day.</summary>
/// <param name="Recipients">Each gets a message of their own.</param>
/// <param name="OwnMissing">Whether the organisation's own roles had nobody to write to, so that staff must find a contact.</param>
/// <param name="Hidden">Whether it goes up to somebody whom a row that cannot be read hides: nobody knows to whom.</param>
internal sealed record Audience(IReadOnlyList<Recipient> Recipients, bool OwnMissing, bool Hidden)
{
    internal static readonly ContactRole[] Everybody = [ContactRole.Main, ContactRole.Second, ContactRole.Director];
    internal static readonly ContactRole[] Leaders = [ContactRole.Main, ContactRole.Director];

    /// <inheritdoc cref="Of(LadderStep, Organisation, OrganisationDirectory, Person, Person, SuspendedAddresses, DateOnly)"/>
    public static Audience Of(LadderStep step, Organisation organisation, ChaseContext context, Person leadInspector) =>
        Of(step, organisation, context.Situation.Directory, leadInspector, context.Mailbox, context.Suspended, context.Situation.Today);

    /// <summary>
    /// The recipients of a step: those of its roles that can be reached; else others of the organisation; else up the line;
    /// else the inspectorate's mailbox. Where nobody above can be reached, the lead inspector gets what would have gone there.
    /// Above is as far as rows can be read; that nobody was found before one that cannot is said.
    /// </summary>
    public static Audience Of(LadderStep step, Organisation organisation, OrganisationDirectory directory, Person leadInspector, Person mailbox, SuspendedAddresses suspended, DateOnly today)
    {
        var above = directory.Above(organisation).Where(o => !o.HasEndedOn(today)).ToList();
        var found = new List<Recipient>();
        var ownRoles = step.OwnRoles.ToList();
        var (ownMissing, hidden) = (false, false);
        if (ownRoles.Count > 0)
        {
            var own = Reachable(organisation, Relation.Own, ownRoles, suspended, today);
            ownMissing = own.Count == 0 && Reachable(organisation, Relation.Own, Everybody, suspended, today).Count == 0;
            found.AddRange(own.Count > 0 ? own : Reachable(organisation, Relation.Own, Everybody, suspended, today));
            if (ownMissing)
            {
                found.AddRange(Up(above));
            }
        }

        if (step.Audience.Contains(StepAudience.EscalatesTo))
        {
            found.AddRange(UpOrStaff(above));
        }

        if (step.Audience.Contains(StepAudience.LevelAbove))
        {
            found.AddRange(UpOrStaff([.. above.Skip(1)]));
        }

        if (step.Audience.Contains(StepAudience.LeadInspector) || found.Count == 0)
        {
            found.Add(Staff(leadInspector, mailbox, suspended));
        }

        return new Audience([.. found.DistinctBy(r => r.Email)], ownMissing, hidden);

        List<Recipient> Up(IReadOnlyList<Organisation> line)
        {
            var reached = FirstReachable(line, suspended, today);
            hidden |= reached.Count == 0 && directory.UnreadFrom(organisation.Id) is not null;
            return reached;
        }

        List<Recipient> UpOrStaff(IReadOnlyList<Organisation> line) => Up(line) is { Count: > 0 } reached ? reached : [Staff(leadInspector, mailbox, suspended)];
    }

    /// <summary>Those of an organisation who can be written to, the main contacts first.</summary>
    internal static List<Recipient> Reachable(Organisation organisation, Relation relation, IReadOnlyList<ContactRole> roles, SuspendedAddresses suspended, DateOnly today) =>
    [
        .. from contact in organisation.ContactsOn(today, roles)
           where !suspended.Contains(contact.Email)
           orderby contact.Role
           select new Recipient(contact.Name, contact.Email, relation, contact.Role, organisation.Id),
    ];

    private static List<Recipient> FirstReachable(IReadOnlyList<Organisation> above, SuspendedAddresses suspended, DateOnly today) =>
        above.Select(o => Reachable(o, Relation.Upward, Leaders, suspended, today)).FirstOrDefault(r => r.Count > 0) ?? [];

    private static Recipient Staff(Person leadInspector, Person mailbox, SuspendedAddresses suspended)
    {
        var who = suspended.Contains(leadInspector.Email) ? mailbox : leadInspector;
        return new Recipient(who.Name, who.Email, Relation.Staff);
    }
}
