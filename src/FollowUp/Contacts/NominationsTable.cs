using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Contacts;

/// <summary>Nominations, in the partition of their organisation. Their keys count those of a day, so that the count cannot be passed by sending many at once.</summary>
internal sealed class NominationsTable(Store store)
{
    private const string Prefix = "nom|";

    public async Task<Row<Nomination>?> FindAsync(OrganisationId organisation, string id, CancellationToken stop)
    {
        if (!Keys.AreAllowed(id))
        {
            return null;
        }

        return await Document.FindAsync<Nomination>(store.Register, organisation.ToString(), Key(id), stop);
    }

    /// <summary>The nominations since a day, the oldest first.</summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="day">The London day.</param>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async IAsyncEnumerable<Row<Nomination>> SinceAsync(OrganisationId organisation, DateOnly day, ICollection<UnreadableRow> unreadable, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.Between(organisation.ToString(), Key(day.Iso()), "nom}"), cancellationToken: stop))
        {
            if (Document.Read<Nomination>(entity, unreadable) is { } row)
            {
                yield return row;
            }
        }
    }

    public static string Key(string id) => Prefix + id;

    /// <summary>The id of a day's nomination by its number.</summary>
    public static string Id(DateOnly day, int number) => string.Create(CultureInfo.InvariantCulture, $"{day.Iso()}-{number:d2}");
}
