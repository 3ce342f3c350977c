using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>All organisations, as read at one moment.</summary>
/// <param name="organisations">Those that can be read.</param>
/// <param name="unreadable">The rows of those that cannot, by their ids: nobody knows whom they name, nor who stands above them.</param>
public sealed class OrganisationDirectory(IEnumerable<Organisation> organisations, IReadOnlyDictionary<OrganisationId, UnreadableRow>? unreadable = null)
{
    private readonly Dictionary<OrganisationId, Organisation> byId = organisations.ToDictionary(o => o.Id);
    private readonly IReadOnlyDictionary<OrganisationId, UnreadableRow> unread = unreadable ?? new Dictionary<OrganisationId, UnreadableRow>();

    public IEnumerable<Organisation> All => byId.Values.OrderBy(o => o.Name, StringComparer.Ordinal);

    /// <summary>The ids of all, of those that cannot be read too.</summary>
    public IEnumerable<OrganisationId> Ids => byId.Keys.Concat(unread.Keys).OrderBy(id => id.ToString(), StringComparer.Ordinal);

    /// <summary>The rows of organisations that cannot be read.</summary>
    public IReadOnlyCollection<UnreadableRow> Unreadable => [.. unread.Values];

    public Organisation? Find(OrganisationId? id) => id is { } known ? byId.GetValueOrDefault(known) : null;

    /// <summary>Whether there is such an organisation, readable or not.</summary>
    public bool Knows(OrganisationId id) => byId.ContainsKey(id) || IsUnreadable(id);

    public bool IsUnreadable(OrganisationId id) => unread.ContainsKey(id);

    /// <summary>The organisations above, the nearest first, as far as they can be read.</summary>
    public IReadOnlyList<Organisation> Above(Organisation organisation)
    {
        var line = new List<Organisation>();
        for (var next = Find(organisation.EscalatesTo); next is not null && !line.Contains(next) && next.Id != organisation.Id; next = Find(next.EscalatesTo))
        {
            line.Add(next);
        }

        return line;
    }

    /// <summary>The row that hides who stands further up from an organisation, or its own; null when the whole line can be read.</summary>
    public UnreadableRow? UnreadFrom(OrganisationId id)
    {
        var last = Find(id) is { } organisation ? Above(organisation).LastOrDefault(organisation).EscalatesTo : id;
        return last is { } hidden ? unread.GetValueOrDefault(hidden) : null;
    }

    /// <summary>Demands that an organisation's row can be read: whom to write to stands there.</summary>
    /// <exception cref="UnreadableRowException">It cannot.</exception>
    public void RequireReadable(OrganisationId id)
    {
        if (unread.TryGetValue(id, out var row))
        {
            throw new UnreadableRowException(row);
        }
    }

    /// <summary>Why nothing can be done for an organisation that <see cref="Find"/> does not find.</summary>
    public string WhyNot(OrganisationId id) => IsUnreadable(id)
        ? $"The row of the organisation {id} cannot be read, so nothing is sent about it until it can."
        : $"The organisation {id} is not in the directory.";

    /// <summary>The organisation's name; its id when it is not in the directory.</summary>
    public string NameOf(OrganisationId id) => Find(id)?.Name ?? id.ToString();
}
