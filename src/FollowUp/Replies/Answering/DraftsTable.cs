using Azure;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>The drafts, in the organisation's own partition of the register.</summary>
internal sealed class DraftsTable(Store store)
{
    private const string Prefix = "draft|";
    private const string ProgressSuffix = "progress";

    /// <summary>The property with the version of the ask under which a draft was saved, so that a list need not read the drafts.</summary>
    private const string Ask = "ask";

    /// <summary>The draft of an answer or of a report. While one is asked for, a draft of an earlier ask has no text of its own.</summary>
    public async Task<Row<Draft<T>>?> FindAsync<T>(Recommendation state, CancellationToken stop)
        where T : class, ITyped
    {
        var found = await store.Register.GetEntityIfExistsAsync<TableEntity>(state.OrganisationId.ToString(), Key<T>(state.Id), cancellationToken: stop);
        if (!found.HasValue)
        {
            return null;
        }

        var row = Document.Read<Draft<T>>(found.Value!);
        var isAsked = state.Ask.IsOpen && state.Ask.Kind == T.AskedBy;
        return isAsked && !DraftRule.IsForNow(row.Entity.GetInt32(Ask), state) ? row with { Value = DraftRule.Aside(row.Value, state) } : row;
    }

    /// <summary>Writes a draft; false when somebody was faster.</summary>
    public Task<bool> WriteAsync<T>(Recommendation state, Row<Draft<T>>? before, Draft<T> after, CancellationToken stop)
        where T : class, ITyped
    {
        var entity = before is null ? Document.Entity(state.OrganisationId.ToString(), Key<T>(state.Id), after) : new TableEntity(before.Entity);
        entity[Ask] = state.Ask.Version;
        var egt = RegisterTable.Change(state.OrganisationId);
        return (before is null ? egt.Insert(entity) : egt.Replace(before with { Entity = entity }, after)).CommitAsync(store.Register, stop);
    }

    /// <summary>Takes away what was sent, or is needed no more; when somebody has saved again since, their text stays.</summary>
    /// <param name="row">The draft as it was read.</param>
    /// <param name="id">The id of the text: the draft's revision, or that of a copy.</param>
    /// <param name="stop">Stops the writing.</param>
    public Task<bool> RemoveAsync<T>(Row<Draft<T>> row, string id, CancellationToken stop)
        where T : class, ITyped
    {
        var egt = new Egt(row.PartitionKey);
        return (DraftRule.Without(row.Value, id) is { } rest ? egt.Replace(row, rest) : egt.Delete(row)).CommitAsync(store.Register, stop);
    }

    /// <summary>Which recommendations of an organisation have a draft, of what, and under which version of the ask it was saved.</summary>
    public async Task<IReadOnlyDictionary<(RecommendationId, AskKind), int?>> AllAsync(OrganisationId organisation, CancellationToken stop)
    {
        var all = new Dictionary<(RecommendationId, AskKind), int?>();
        var filter = Keys.StartingWith(organisation.ToString(), Prefix);
        await foreach (var row in store.Register.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", Ask], cancellationToken: stop))
        {
            if (row.RowKey.Split('|') is [_, var inspection, var number, .. var rest] && RecommendationId.FromPadded(inspection, number) is { } id)
            {
                all[(id, rest is [ProgressSuffix] ? AskKind.Progress : AskKind.Response)] = row.GetInt32(Ask);
            }
        }

        return all;
    }

    private static string Key<T>(RecommendationId id)
        where T : ITyped => $"{Prefix}{id.Inspection}|{id.Number.Padded}{(T.AskedBy == AskKind.Progress ? "|" + ProgressSuffix : "")}";
}
