using Azure.Data.Tables;

namespace FollowUp.Tests.Simulation;

/// <summary>The keys from one to another, each with or without itself.</summary>
internal readonly record struct KeyRange(string? From, bool WithFrom, string? To, bool WithTo)
{
    /// <summary>The one key that it allows, if it allows no other.</summary>
    public string? Only => WithFrom && WithTo && From == To ? From : null;

    public bool Holds(string key) =>
        (From is null || string.CompareOrdinal(key, From) is var above && (above > 0 || above == 0 && WithFrom))
        && (To is null || string.CompareOrdinal(key, To) is var below && (below < 0 || below == 0 && WithTo));

    public KeyRange And(string op, string value) => (op, From, To) switch
    {
        ("eq", null, null) => new(value, true, value, true),
        ("ge" or "gt", null, _) => this with { From = value, WithFrom = op == "ge" },
        ("le" or "lt", _, null) => this with { To = value, WithTo = op == "le" },
        _ => throw new NotSupportedException($"The model knows no filter with another “{op}”."),
    };
}

/// <summary>What a filter asks for; the service's own filters compare nothing but keys.</summary>
internal readonly record struct Filter(KeyRange Partition, KeyRange Row)
{
    public static Filter Parse(string? text)
    {
        var filter = default(Filter);
        foreach (var condition in text?.Split(" and ") ?? [])
        {
            filter = condition.Split(' ', 3) switch
            {
                ["PartitionKey", var op, var value] => filter with { Partition = filter.Partition.And(op, Unquoted(value)) },
                ["RowKey", var op, var value] => filter with { Row = filter.Row.And(op, Unquoted(value)) },
                _ => throw new NotSupportedException($"The model knows no filter “{text}”."),
            };
        }

        return filter;
    }

    private static string Unquoted(string value) => value[1..^1].Replace("''", "'", StringComparison.Ordinal);
}

/// <param name="Order">Rises with every row that comes; a row that is replaced keeps its own.</param>
internal sealed record Stored(TableEntity Entity, long Order);

/// <summary>The rows of a partition, in the order of their keys.</summary>
internal sealed class Partition
{
    private readonly Dictionary<string, Stored> byKey = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];

    public IEnumerable<Stored> Rows => keys.Select(k => byKey[k]);

    public Stored? Find(string key) => byKey.GetValueOrDefault(key);

    public void Put(TableEntity entity, long order)
    {
        var key = entity.RowKey;
        if (byKey.TryGetValue(key, out var present))
        {
            byKey[key] = present with { Entity = entity };
            return;
        }

        byKey[key] = new Stored(entity, order);
        keys.Insert(~keys.BinarySearch(key, StringComparer.Ordinal), key);
    }

    public void Remove(string key)
    {
        if (byKey.Remove(key))
        {
            keys.RemoveAt(keys.BinarySearch(key, StringComparer.Ordinal));
        }
    }

    public void AddTo(List<Stored> found, KeyRange range)
    {
        var first = range.From is { } from ? keys.BinarySearch(from, StringComparer.Ordinal) : 0;
        first = first < 0 ? ~first : first;
        for (var at = first; at < keys.Count && (range.To is null || string.CompareOrdinal(keys[at], range.To) <= 0); at++)
        {
            if (range.Holds(keys[at]))
            {
                found.Add(byKey[keys[at]]);
            }
        }
    }
}
