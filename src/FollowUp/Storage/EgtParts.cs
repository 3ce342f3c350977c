namespace FollowUp.Storage;

/// <summary>Divides what is to be written into parts that surely fit into a transaction each, with what else goes into it.</summary>
internal static class EgtParts
{
    private const int MostCharacters = 1_200_000;

    /// <param name="items">What is to be written, in its order.</param>
    /// <param name="mostRows">How many rows of a transaction are for it.</param>
    /// <param name="rows">How many rows an item takes.</param>
    /// <param name="shared">The keys of rows that an item takes and that others of its part may take with it; null where there are none.</param>
    /// <param name="entity">The row that an item changes: what it writes is hardly longer.</param>
    public static IEnumerable<List<T>> Of<T>(IEnumerable<T> items, int mostRows, Func<T, int> rows, Func<T, Azure.Data.Tables.TableEntity> entity, Func<T, IEnumerable<string>>? shared = null)
    {
        var part = new List<T>();
        var together = new HashSet<string>(StringComparer.Ordinal);
        var (taken, characters) = (0, 0);
        foreach (var item in items)
        {
            var (itsRows, itsCharacters) = (rows(item), entity(item).Select(p => p.Value).OfType<string>().Sum(text => text.Length));
            var its = shared?.Invoke(item).ToList() ?? [];
            if (part.Count > 0 && (taken + itsRows + together.Union(its).Count() > mostRows || characters + itsCharacters > MostCharacters))
            {
                yield return part;
                part = [];
                together.Clear();
                (taken, characters) = (0, 0);
            }

            part.Add(item);
            together.UnionWith(its);
            taken += itsRows;
            characters += itsCharacters;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
