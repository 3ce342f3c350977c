using System.Globalization;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// The register: everything about an organisation's recommendations in one partition, so that one transaction changes
/// the state of a recommendation, its events and the messages about it together.
/// </summary>
internal sealed class RegisterTable(Store store)
{
    public async Task<Row<Recommendation>?> FindAsync(OrganisationId organisation, RecommendationId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await GetAsync<Recommendation>(organisation, StateKey(id), stop, unreadable);

    /// <summary>The organisation's recommendations, without those that have gone or are going to another one.</summary>
    /// <param name="organisation">The responsible organisation.</param>
    /// <param name="unreadable">Takes rows that cannot be read; whoever shows the others says so.</param>
    /// <param name="stop">Stops the reading.</param>
    public async IAsyncEnumerable<Row<Recommendation>> RecommendationsOfAsync(
        OrganisationId organisation, ICollection<UnreadableRow> unreadable, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in AllRowsOfAsync(organisation, stop, unreadable))
        {
            if (row.Value.Move is null)
            {
                yield return row;
            }
        }
    }

    /// <summary>
    /// Some of the organisation's rows, those that only point elsewhere with them: one request for each inspection,
    /// over the rows between the first and the last that are wanted.
    /// </summary>
    /// <param name="organisation">The responsible organisation.</param>
    /// <param name="ids">The rows that are wanted; what is not there is left out.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read; without it the first of them ends the reading.</param>
    public async IAsyncEnumerable<Row<Recommendation>> RowsOfAsync(
        OrganisationId organisation, IEnumerable<RecommendationId> ids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        foreach (var ofOne in ids.GroupBy(id => id.Inspection).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal))
        {
            var keys = ofOne.Select(StateKey).ToHashSet(StringComparer.Ordinal);
            await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.Between(organisation.ToString(), keys.Min(StringComparer.Ordinal)!, keys.Max(StringComparer.Ordinal) + "!"), cancellationToken: stop))
            {
                if (keys.Contains(entity.RowKey) && Document.Read<Recommendation>(entity, unreadable) is { } row)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>The organisation's rows, those that only point elsewhere with them.</summary>
    /// <param name="organisation">The responsible organisation.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read, which are passed over; without it the first of them ends the reading.</param>
    public IAsyncEnumerable<Row<Recommendation>> AllRowsOfAsync(OrganisationId organisation, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        QueryAsync<Recommendation>(Keys.StartingWith(organisation.ToString(), "rec|"), stop, unreadable);

    /// <summary>The organisations of which there is any row: one request for each of them.</summary>
    public async Task<IReadOnlySet<string>> PartitionsAsync(CancellationToken stop)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var after = ""; await FirstAfterAsync(after, stop) is { } next; after = next)
        {
            found.Add(next);
        }

        return found;
    }

    /// <summary>The record of a recommendation.</summary>
    /// <param name="organisation">The organisation that it is with, or was.</param>
    /// <param name="id">The recommendation.</param>
    /// <param name="after">The number of the last event that is not wanted.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(OrganisationId organisation, RecommendationId id, int after, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        var events = new List<RecordedEvent>();
        await foreach (var row in QueryAsync<RecordedEvent>(Keys.Between(organisation.ToString(), EventKey(id, after + 1), EventPrefix(id) + "~"), stop, unreadable))
        {
            events.Add(row.Value);
        }

        return events;
    }

    public async Task<Row<Message>?> FindMessageAsync(OrganisationId organisation, string rowKey, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await GetAsync<Message>(organisation, rowKey, stop, unreadable);

    /// <summary>The messages about an organisation, the oldest day first.</summary>
    /// <param name="organisation">The responsible organisation.</param>
    /// <param name="from">The first London day; null for all.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read.</param>
    public IAsyncEnumerable<Row<Message>> MessagesAsync(OrganisationId organisation, DateOnly? from, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        QueryAsync<Message>(Keys.Between(organisation.ToString(), MessagePrefix + (from ?? DateOnly.MinValue).Iso(), "msg}"), stop, unreadable);

    /// <summary>The messages about an organisation of a day and of those after it, by key.</summary>
    public async Task<KeyedMessages> MessagesByKeyAsync(OrganisationId organisation, DateOnly from, CancellationToken stop)
    {
        var (byKey, unreadable) = (new Dictionary<string, Row<Message>>(), new List<UnreadableRow>());
        await foreach (var row in MessagesAsync(organisation, from, stop, unreadable))
        {
            byKey[row.RowKey] = row;
        }

        return new KeyedMessages(byKey, unreadable);
    }

    public async Task<Row<Link>?> FindLinkAsync(OrganisationId organisation, string hash, CancellationToken stop) =>
        await GetAsync<Link>(organisation, LinkKey(hash), stop);

    /// <summary>Finds a link by its public id.</summary>
    public async Task<Row<Link>?> FindLinkByIdAsync(OrganisationId organisation, string linkId, CancellationToken stop)
    {
        if (!Keys.IsHex(linkId))
        {
            return null;
        }

        await foreach (var row in QueryAsync<Link>(Keys.StartingWith(organisation.ToString(), LinkKey(linkId)), stop))
        {
            return row;
        }

        return null;
    }

    /// <summary>The code of a link, where codes are asked for.</summary>
    public async Task<Row<EntryCode>?> FindCodeAsync(OrganisationId organisation, string linkHash, CancellationToken stop) =>
        await GetAsync<EntryCode>(organisation, CodeKey(linkHash), stop);

    public IAsyncEnumerable<Row<Link>> LinksAsync(OrganisationId organisation, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        QueryAsync<Link>(Keys.StartingWith(organisation.ToString(), "lnk|"), stop, unreadable);

    public async Task<Row<Submission>?> FindSubmissionAsync(OrganisationId organisation, string key, CancellationToken stop) =>
        await GetAsync<Submission>(organisation, SubmissionKey(key), stop);

    public static Egt Change(OrganisationId organisation) => new(organisation.ToString());

    /// <summary>Writes a transaction; false when somebody was faster, and then nothing is written.</summary>
    public Task<bool> CommitAsync(Egt change, CancellationToken stop) => change.CommitAsync(store.Register, stop);

    public static string StateKey(RecommendationId id) => $"rec|{id.Inspection}|{id.Number.Padded}";

    public static string EventKey(RecommendationId id, int seq) => EventPrefix(id) + seq.ToString("d6", CultureInfo.InvariantCulture);

    public static string LinkKey(string hash) => "lnk|" + hash;

    public static string CodeKey(string linkHash) => "cod|" + linkHash;

    public static string SubmissionKey(string key) => "sub|" + Keys.Hash(key);

    /// <summary>The key of the one chasing message to a person about this organisation on a day: the key is the promise.</summary>
    public static string ChasingKey(Recipient recipient, DateOnly day) => $"{MessagePrefix}{day.Iso()}|{Keys.Hash(recipient.Email.ToString())}";

    /// <summary>The key of a message about an event, made from the event that causes it.</summary>
    public static string LetterKey(RecommendationId id, int seq, Recipient recipient, DateOnly day) =>
        $"{MessagePrefix}{day.Iso()}|{Keys.Hash(recipient.Email.ToString())}|{id.Inspection}|{id.Number.Padded}|{seq.ToString("d6", CultureInfo.InvariantCulture)}";

    /// <summary>The key of a message about a change of the directory, made from the event that causes it.</summary>
    public static string DirectoryKey(string eventKey, Recipient recipient, DateOnly day) => $"{ChasingKey(recipient, day)}|directory|{Keys.Hash(eventKey)}";

    /// <summary>The key of a message about no recommendation's event, such as a new link.</summary>
    /// <param name="cause">What it was caused by: each cause sends one message to a person.</param>
    public static string OtherKey(Recipient recipient, DateOnly day, string cause) => $"{ChasingKey(recipient, day)}|_{cause}";

    private const string MessagePrefix = "msg|";

    private static string EventPrefix(RecommendationId id) => $"evt|{id.Inspection}|{id.Number.Padded}|";

    private async Task<string?> FirstAfterAsync(string partition, CancellationToken stop) =>
        await store.Register.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey gt {partition}"), maxPerPage: 1, select: ["PartitionKey", "RowKey"], cancellationToken: stop)
            .Select(row => row.PartitionKey).FirstOrDefaultAsync(stop);

    private async Task<Row<T>?> GetAsync<T>(OrganisationId organisation, string rowKey, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await Document.FindAsync<T>(store.Register, organisation.ToString(), rowKey, stop, unreadable);

    private async IAsyncEnumerable<Row<T>> QueryAsync<T>(string filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(filter, cancellationToken: stop))
        {
            if (Document.Read<T>(entity, unreadable) is { } row)
            {
                yield return row;
            }
        }
    }
}

/// <summary>A form or request that was carried out, so that sending it again changes nothing.</summary>
/// <param name="OpId">The operation that carried it out.</param>
/// <param name="Result">What was answered.</param>
public sealed record Submission(string OpId, DateTimeOffset At, string? Result = null);
