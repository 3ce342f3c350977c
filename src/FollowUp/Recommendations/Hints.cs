using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Something that may be due on a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Organisation">The responsible organisation; null for an inspection that is to be issued.</param>
public sealed record AgendaEntry(DateOnly On, OrganisationId? Organisation, InspectionId Inspection, RecommendationNumber? Number);

/// <summary>The lists that staff work through.</summary>
internal static class Worklist
{
    public const string Open = "open";
    public const string AwaitingReview = "review";
}

/// <summary>
/// Hints lead to rows of the register. They are written before the row that they lead to, so they may show too much
/// but never too little; every reader checks the row itself. Only the sweep takes hints away.
/// </summary>
internal sealed class Hints(Store store)
{
    internal const string ToLink = "link";
    private const string IssuePrefix = "_issue|";

    public Task RememberAsync(DateOnly on, OrganisationId organisation, RecommendationId id, CancellationToken stop) =>
        RememberAsync([new AgendaEntry(on, organisation, id.Inspection, id.Number)], stop);

    public Task RememberIssueAsync(DateOnly on, InspectionId inspection, CancellationToken stop) =>
        RememberAsync([new AgendaEntry(on, null, inspection, null)], stop);

    /// <summary>Puts things on the agenda, each on its day: one request a day.</summary>
    public Task RememberAsync(IEnumerable<AgendaEntry> due, CancellationToken stop) =>
        HintRows.PutAsync(store.Agenda, due.Select(d => new TableEntity(d.On.Iso(), d.Organisation is { } organisation ? $"{organisation}|{d.Inspection}|{d.Number!.Value.Padded}" : IssuePrefix + d.Inspection)), stop);

    /// <summary>Everything that may be due up to and on a day, the earliest first.</summary>
    public async IAsyncEnumerable<AgendaEntry> AgendaUpToAsync(DateOnly day, [EnumeratorCancellation] CancellationToken stop)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey le {day.Iso()}");
        await foreach (var hint in store.Agenda.QueryAsync<TableEntity>(filter, cancellationToken: stop))
        {
            if (ReadAgenda(hint) is { } entry)
            {
                yield return entry;
            }
        }
    }

    public Task LeadToLinkAsync(string hash, OrganisationId organisation, CancellationToken stop) =>
        HintRows.PutAsync(store.Links, [new TableEntity(hash, ToLink) { ["organisation"] = organisation.ToString() }], stop);

    /// <summary>All hints to links and to their calendars: hash, and which of the two. One request for each thousand.</summary>
    public async Task<IReadOnlySet<(string Hash, string Kind)>> LinksAsync(CancellationToken stop) =>
        await store.Links.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: stop).Select(hint => (hint.PartitionKey, hint.RowKey)).ToHashSetAsync(cancellationToken: stop);

    public async Task<OrganisationId?> FindLinkAsync(string hash, CancellationToken stop)
    {
        var found = await store.Links.GetEntityIfExistsAsync<TableEntity>(hash, ToLink, cancellationToken: stop);
        return found.HasValue && OrganisationId.TryParse(found.Value!.GetString("organisation"), null, out var id) ? id : null;
    }

    /// <summary>Puts recommendations on the lists where their states belong: one request a list.</summary>
    public Task ListAsync(IEnumerable<Recommendation> states, CancellationToken stop) => HintRows.PutAsync(
        store.Worklists,
        from state in states
        from worklist in new[] { Worklist.Open, Worklist.AwaitingReview }
        let day = ListedOn(worklist, state)
        where day is not null
        select new TableEntity(worklist, $"{day}|{state.OrganisationId}|{state.Id.Inspection}|{state.Id.Number.Padded}"),
        stop);

    /// <inheritdoc cref="ListAsync(IEnumerable{Recommendation}, CancellationToken)"/>
    public Task ListAsync(Recommendation state, CancellationToken stop) => ListAsync([state], stop);

    /// <summary>The day under which a list has a recommendation; null when it does not belong there.</summary>
    internal static string? ListedOn(string worklist, Recommendation state) => worklist switch
    {
        Worklist.Open when state.Ask.IsOpen => state.Ask.DueOn.Iso(),
        Worklist.AwaitingReview when state.AwaitsReviewSince is { } since => since.Iso(),
        _ => null,
    };

    /// <summary>The places that a list leads to, each once, in its order.</summary>
    public async IAsyncEnumerable<(OrganisationId Organisation, RecommendationId Id)> WorklistAsync(string worklist, [EnumeratorCancellation] CancellationToken stop)
    {
        var seen = new HashSet<(OrganisationId, RecommendationId)>();
        await foreach (var hint in store.Worklists.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {worklist}"), cancellationToken: stop))
        {
            if (ReadWorklist(hint) is var (organisation, id) && seen.Add((organisation, id)))
            {
                yield return (organisation, id);
            }
        }
    }

    /// <summary>The recommendation that a hint of a list leads to; null when it is of another kind.</summary>
    internal static (OrganisationId Organisation, RecommendationId Id)? ReadWorklist(TableEntity hint) =>
        hint.PartitionKey is Worklist.Open or Worklist.AwaitingReview
        && hint.RowKey.Split('|') is [_, var organisation, var inspection, var number]
        && OrganisationId.TryParse(organisation, null, out var organisationId)
        && RecommendationId.FromPadded(inspection, number) is { } id
            ? (organisationId, id)
            : null;

    internal static AgendaEntry? ReadAgenda(TableEntity hint)
    {
        if (Words.ReadIso(hint.PartitionKey) is not { } on)
        {
            return null;
        }

        if (hint.RowKey.StartsWith(IssuePrefix, StringComparison.Ordinal))
        {
            return InspectionId.TryParse(hint.RowKey[IssuePrefix.Length..], null, out var toIssue) ? new AgendaEntry(on, null, toIssue, null) : null;
        }

        return hint.RowKey.Split('|') is [var organisation, var inspection, var number]
            && OrganisationId.TryParse(organisation, null, out var organisationId)
            && RecommendationId.FromPadded(inspection, number) is { } id
            ? new AgendaEntry(on, organisationId, id.Inspection, id.Number)
            : null;
    }
}
