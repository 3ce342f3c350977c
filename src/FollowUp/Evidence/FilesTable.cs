using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Evidence;

/// <summary>The files in the organisation's own partition of the register, and the list of those that await the scanner.</summary>
internal sealed class FilesTable(Store store)
{
    /// <summary>The worklist of files that nobody may open yet.</summary>
    internal const string AwaitingScan = "scan";
    private const string Prefix = "evd|";

    public async Task<Row<UploadedFile>?> FindAsync(OrganisationId organisation, RecommendationId id, string fileId, CancellationToken stop) =>
        Keys.IsHex(fileId) ? await Document.FindAsync<UploadedFile>(store.Register, organisation.ToString(), Key(id, fileId), stop) : null;

    /// <summary>The files of a recommendation, the oldest first.</summary>
    /// <param name="organisation">The organisation that they came from.</param>
    /// <param name="id">The recommendation.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes rows that cannot be read; without it the first of them ends the reading.</param>
    public async Task<IReadOnlyList<Row<UploadedFile>>> OfAsync(OrganisationId organisation, RecommendationId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        var rows = new List<Row<UploadedFile>>();
        await foreach (var row in QueryAsync(organisation, Key(id, ""), stop, unreadable))
        {
            rows.Add(row);
        }

        // Their ids begin with the time, and so the rows come in order
        return rows;
    }

    /// <summary>The files of the draft: stored, and not sent with a report yet.</summary>
    public async Task<IReadOnlyList<Row<UploadedFile>>> UnsentAsync(OrganisationId organisation, RecommendationId id, CancellationToken stop) =>
        [.. (await OfAsync(organisation, id, stop)).Where(r => r.Value is { SentAt: null, State: not (FileState.Uploading or FileState.Removing) })];

    /// <summary>All files of an organisation.</summary>
    /// <param name="organisation">The organisation that they came from.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public IAsyncEnumerable<Row<UploadedFile>> AllAsync(OrganisationId organisation, ICollection<UnreadableRow> unreadable, CancellationToken stop) => QueryAsync(organisation, Prefix, stop, unreadable);

    /// <summary>Enters a new file, with the hint that leads the scans to it before.</summary>
    public async Task InsertAsync(UploadedFile file, CancellationToken stop)
    {
        await ListAsync(file, stop);
        if (!await RegisterTable.Change(file.OrganisationId).Insert(Key(file.Recommendation, file.File.Id), file).CommitAsync(store.Register, stop))
        {
            throw new InvalidOperationException($"There is a file {file.File.Id} already.");
        }
    }

    /// <summary>Writes a file as it is now; false when somebody was faster.</summary>
    public Task<bool> ReplaceAsync(Row<UploadedFile> row, UploadedFile after, CancellationToken stop) =>
        new Egt(row.PartitionKey).Replace(row, after).CommitAsync(store.Register, stop);

    public Task<bool> DeleteAsync(Row<UploadedFile> row, CancellationToken stop) => new Egt(row.PartitionKey).Delete(row).CommitAsync(store.Register, stop);

    /// <summary>Writes the hint that leads the scans to a file.</summary>
    public async Task ListAsync(UploadedFile file, CancellationToken stop) =>
        await store.Worklists.UpsertEntityAsync(new TableEntity(AwaitingScan, $"{file.OrganisationId}|{file.Recommendation.Inspection}|{file.Recommendation.Number.Padded}|{file.File.Id}"), TableUpdateMode.Replace, stop);

    /// <summary>The hints of files that may await the scanner.</summary>
    public async Task<IReadOnlyList<TableEntity>> ListedAsync(CancellationToken stop)
    {
        var hints = new List<TableEntity>();
        await foreach (var hint in store.Worklists.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {AwaitingScan}"), cancellationToken: stop))
        {
            hints.Add(hint);
        }

        return hints;
    }

    /// <summary>The file that a hint leads to; null when there is none.</summary>
    public async Task<Row<UploadedFile>?> FindAsync(TableEntity hint, CancellationToken stop) =>
        hint.RowKey.Split('|') is [var organisation, var inspection, var number, var fileId]
        && OrganisationId.TryParse(organisation, null, out var organisationId) && RecommendationId.FromPadded(inspection, number) is { } id
            ? await FindAsync(organisationId, id, fileId, stop)
            : null;

    /// <summary>Takes a hint away once its file awaits nothing any more.</summary>
    public Task SettledAsync(TableEntity hint, CancellationToken stop) => Egt.DeleteHintAsync(store.Worklists, hint, stop);

    private async IAsyncEnumerable<Row<UploadedFile>> QueryAsync(OrganisationId organisation, string prefix, [EnumeratorCancellation] CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.StartingWith(organisation.ToString(), prefix), cancellationToken: stop))
        {
            if (Document.Read<UploadedFile>(entity, unreadable) is { } row)
            {
                yield return row;
            }
        }
    }

    private static string Key(RecommendationId id, string fileId) => $"{Prefix}{id.Inspection}|{id.Number.Padded}|{fileId}";
}
