using Azure;
using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Inspections and their drafts, each inspection in a partition of its own. The rows of the recommendations stay
/// when they are issued: they are the map from a recommendation's id to the organisation whose partition holds it.
/// </summary>
internal sealed class InspectionsTable(Store store, ChangeStamp stamp)
{
    private const string HeaderKey = "header";
    private const string TitlesPartition = "_titles";
    private const string IdempotencyPartition = "_keys";

    public async Task<Row<Inspection>?> FindAsync(InspectionId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await Document.FindAsync<Inspection>(store.Inspections, id.ToString(), HeaderKey, stop, unreadable);

    /// <summary>All inspections.</summary>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlyList<Inspection>> AllAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        [.. (await ReadAsync<Inspection>(TableClient.CreateQueryFilter($"RowKey eq {HeaderKey}"), unreadable, stop)).Select(row => row.Value)];

    /// <summary>The recommendations of an inspection as they were drafted, and where they are.</summary>
    /// <param name="id">The inspection.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes rows that cannot be read; without it the first of them ends the reading, as it must where all are issued or replaced.</param>
    public Task<IReadOnlyList<Row<DraftRecommendation>>> RecommendationsAsync(InspectionId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        ReadAsync<DraftRecommendation>(Keys.StartingWith(id.ToString(), "rec|"), unreadable, stop);

    /// <summary>Looks for rows of recommendations that cannot be read.</summary>
    public Task CheckRecommendationsAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        ReadAsync<DraftRecommendation>(TableClient.CreateQueryFilter($"RowKey ge {"rec|"} and RowKey lt {"rec}"}"), unreadable, stop);

    /// <summary>The row that says which organisation a recommendation is with.</summary>
    public async Task<Row<DraftRecommendation>?> FindRecommendationAsync(RecommendationId id, CancellationToken stop) =>
        await Document.FindAsync<DraftRecommendation>(store.Inspections, id.Inspection.ToString(), RowKey(id.Number), stop);

    /// <summary>Writes a new inspection with its drafts; false when the id is taken.</summary>
    public Task<bool> InsertAsync(Inspection inspection, IReadOnlyList<DraftRecommendation> drafts, CancellationToken stop)
    {
        var egt = new Egt(inspection.Id.ToString()).Insert(HeaderKey, inspection);
        foreach (var draft in drafts)
        {
            egt.Insert(RowKey(draft.Number), draft);
        }

        return egt.CommitAsync(store.Inspections, stop);
    }

    /// <summary>Replaces the header; false when somebody was faster.</summary>
    public Task<bool> ReplaceAsync(Row<Inspection> row, Inspection inspection, CancellationToken stop) =>
        stamp.AfterAsync(new Egt(row.PartitionKey).Replace(row, inspection).CommitAsync(store.Inspections, stop), stop);

    /// <summary>Replaces the header and all drafts; false when somebody was faster.</summary>
    public Task<bool> ReplaceDraftsAsync(Row<Inspection> row, Inspection inspection, IReadOnlyList<Row<DraftRecommendation>> before, IReadOnlyList<DraftRecommendation> after, CancellationToken stop)
    {
        var egt = new Egt(row.PartitionKey).Replace(row, inspection);
        var kept = after.ToDictionary(d => d.Number);
        foreach (var old in before)
        {
            if (kept.Remove(old.Value.Number, out var changed))
            {
                egt.Replace(old, changed);
            }
            else
            {
                egt.Delete(old);
            }
        }

        foreach (var added in kept.Values)
        {
            egt.Insert(RowKey(added.Number), added);
        }

        return stamp.AfterAsync(egt.CommitAsync(store.Inspections, stop), stop);
    }

    /// <summary>Points a recommendation's id to another organisation.</summary>
    public Task<bool> ReplaceAsync(Row<DraftRecommendation> row, DraftRecommendation draft, CancellationToken stop) =>
        new Egt(row.PartitionKey).Replace(row, draft).CommitAsync(store.Inspections, stop);

    /// <summary>The inspection that was registered under a title and day, if there is one.</summary>
    public Task<InspectionId?> FindByTitleAsync(string title, DateOnly publishedOn, CancellationToken stop) =>
        ReadPointerAsync(TitlesPartition, TitleKey(title, publishedOn), stop);

    /// <summary>The inspection that was registered with an Idempotency-Key, if there is one.</summary>
    public Task<InspectionId?> FindByKeyAsync(string keyHash, CancellationToken stop) => ReadPointerAsync(IdempotencyPartition, keyHash, stop);

    /// <summary>Hints that lead to an inspection; written before it, and checked against it by every reader.</summary>
    public async Task PointToAsync(Inspection inspection, CancellationToken stop)
    {
        await WritePointerAsync(TitlesPartition, TitleKey(inspection.Title, inspection.PublishedOn), inspection.Id, stop);
        await PointKeyToAsync(inspection, stop);
    }

    /// <summary>Lets the Idempotency-Key lead to the inspection, where it has one.</summary>
    public Task PointKeyToAsync(Inspection inspection, CancellationToken stop) => inspection.KeyHash is { } keyHash
        ? WritePointerAsync(IdempotencyPartition, keyHash, inspection.Id, stop)
        : Task.CompletedTask;

    /// <summary>Where the title and day lead, and the ETag of that pointer; null when they lead nowhere.</summary>
    public async Task<(InspectionId? Id, ETag ETag)?> FindTitlePointerAsync(Inspection inspection, CancellationToken stop)
    {
        var found = await store.Inspections.GetEntityIfExistsAsync<TableEntity>(TitlesPartition, TitleKey(inspection.Title, inspection.PublishedOn), cancellationToken: stop);
        return found.HasValue ? (InspectionId.TryParse(found.Value!.GetString("inspection"), null, out var id) ? id : null, found.Value.ETag) : null;
    }

    /// <summary>Lets the title and day lead to the inspection, if nobody has changed where they lead; false when somebody has.</summary>
    public async Task<bool> PointTitleToAsync(Inspection inspection, ETag? seen, CancellationToken stop)
    {
        var pointer = new TableEntity(TitlesPartition, TitleKey(inspection.Title, inspection.PublishedOn)) { ["inspection"] = inspection.Id.ToString() };
        try
        {
            _ = seen is { } etag
                ? await store.Inspections.UpdateEntityAsync(pointer, etag, TableUpdateMode.Replace, stop)
                : await store.Inspections.AddEntityAsync(pointer, stop);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Whether two inspections have the same title, but for spaces and capitals, and the same day.</summary>
    public static bool AreTheSame(Inspection one, Inspection other) => TitleKey(one.Title, one.PublishedOn) == TitleKey(other.Title, other.PublishedOn);

    private async Task<IReadOnlyList<Row<T>>> ReadAsync<T>(string filter, ICollection<UnreadableRow>? unreadable, CancellationToken stop)
    {
        var rows = new List<Row<T>>();
        await foreach (var entity in store.Inspections.QueryAsync<TableEntity>(filter, cancellationToken: stop))
        {
            if (Document.Read<T>(entity, unreadable) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static string RowKey(RecommendationNumber number) => "rec|" + number.Padded;

    private static string TitleKey(string title, DateOnly publishedOn) =>
        Keys.Hash(string.Join(' ', title.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + "|" + publishedOn.Iso());

    private async Task<InspectionId?> ReadPointerAsync(string partition, string key, CancellationToken stop)
    {
        var found = await store.Inspections.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: stop);
        return found.HasValue && InspectionId.TryParse(found.Value!.GetString("inspection"), null, out var id) ? id : null;
    }

    private async Task WritePointerAsync(string partition, string key, InspectionId id, CancellationToken stop) =>
        await store.Inspections.UpsertEntityAsync(new TableEntity(partition, key) { ["inspection"] = id.ToString() }, TableUpdateMode.Replace, stop);
}
