using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>Who is to be written to, by the design's words: the directory, and the addresses that nothing goes to.</summary>
internal sealed record ModelDirectory(IReadOnlyDictionary<OrganisationId, Organisation> Organisations, IReadOnlySet<string> Suspended)
{
    public const string Lead = "ines.lead@inspectorate.example";
    public const string Mailbox = "mailbox@inspectorate.example";

    public static ModelDirectory Of(IEnumerable<Organisation> all) => new(all.ToDictionary(o => o.Id), new HashSet<string>());

    public ModelDirectory With(Organisation changed) => this with { Organisations = Organisations.Values.Where(o => o.Id != changed.Id).Append(changed).ToDictionary(o => o.Id) };

    public ModelDirectory Suspending(string address) => this with { Suspended = Suspended.Append(address).ToHashSet() };

    public ModelDirectory Restoring(string address) => this with { Suspended = Suspended.Where(a => a != address).ToHashSet() };

    public bool HasEnded(OrganisationId id, DateOnly today) => Organisations[id].Until < today;

    /// <summary>Whether somebody may be written to about an organisation at all.</summary>
    public bool Knows(string address, OrganisationId about, DateOnly today) =>
        address is Lead or Mailbox || Line(about).Where(o => o.Id == about || !(o.Until < today)).Any(o => Of(o, today).Any(c => c.Email.ToString() == address));

    /// <summary>Whom a step goes to.</summary>
    public IReadOnlySet<string> Audience(ModelStep step, OrganisationId about, DateOnly today)
    {
        var above = Line(about).Skip(1).Where(o => !(o.Until < today)).ToList();
        var found = new HashSet<string>();
        var all = Of(Organisations[about], today);
        var roles = all.Where(c => step.To.Contains(c.Role switch { ContactRole.Main => StepAudience.Main, ContactRole.Second => StepAudience.Second, _ => StepAudience.Director })).ToList();
        if (step.To.Any(t => t is StepAudience.Main or StepAudience.Second or StepAudience.Director))
        {
            Add(roles.Count > 0 ? roles : all.Count > 0 ? all : FirstOf(above, today));
        }

        if (step.To.Contains(StepAudience.EscalatesTo))
        {
            Add(FirstOf(above, today));
        }

        if (step.To.Contains(StepAudience.LevelAbove))
        {
            Add(FirstOf(above.Skip(1), today));
        }

        if (step.To.Contains(StepAudience.LeadInspector) || found.Count == 0)
        {
            found.Add(Suspended.Contains(Lead) ? Mailbox : Lead);
        }

        return found;

        void Add(IEnumerable<Contact> contacts) => found.UnionWith(contacts.Select(c => c.Email.ToString()));
    }

    /// <summary>Whether a step goes up with an email to somebody: to those above, and after the deadline to the director, whoever it was meant for.</summary>
    public bool GoesUp(ModelStep step, string address, OrganisationId about, DateOnly today)
    {
        var own = Organisations[about].Contacts.Where(c => c.Email.ToString() == address && !(c.From > today) && !(c.Until < today)).ToList();
        return step.IsUpward || address is not (Lead or Mailbox) && (own.Count == 0 || step.Offset > 0 && step.Number != ModelLadder.Notice && own.TrueForAll(c => c.Role == ContactRole.Director));
    }

    /// <summary>Whether nobody gets a step to whom it does not go up.</summary>
    public bool GoesOnlyUp(ModelStep step, OrganisationId about, DateOnly today) => Audience(step, about, today).All(to => GoesUp(step, to, about, today));

    private IEnumerable<Organisation> Line(OrganisationId? id)
    {
        for (; id is { } known; id = Organisations[known].EscalatesTo)
        {
            yield return Organisations[known];
        }
    }

    private List<Contact> Of(Organisation organisation, DateOnly today) =>
        [.. organisation.Contacts.Where(c => !(c.From > today) && !(c.Until < today) && !Suspended.Contains(c.Email.ToString()))];

    private List<Contact> FirstOf(IEnumerable<Organisation> line, DateOnly today) =>
        line.Select(o => Of(o, today).FindAll(c => c.Role is ContactRole.Main or ContactRole.Director)).FirstOrDefault(c => c.Count > 0) ?? [];
}
