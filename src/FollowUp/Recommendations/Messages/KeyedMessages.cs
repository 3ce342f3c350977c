using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// The messages about an organisation of some days, by key. One that cannot be read may have left already, so that its
/// key is closed: whatever would join it goes with the next working day's.
/// </summary>
internal sealed class KeyedMessages(IReadOnlyDictionary<string, Row<Message>> byKey, IReadOnlyCollection<UnreadableRow> unreadable)
{
    public static KeyedMessages None { get; } = new(new Dictionary<string, Row<Message>>(), []);

    public IEnumerable<Row<Message>> All => byKey.Values;

    public IReadOnlyCollection<UnreadableRow> Unreadable => unreadable;

    public Row<Message>? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>Whether a message of that key still takes more, or there is none.</summary>
    public bool Take(string key) => Find(key)?.Value.TakesMore != false && unreadable.All(row => row.RowKey != key);
}
