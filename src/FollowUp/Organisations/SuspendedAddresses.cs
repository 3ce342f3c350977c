using FollowUp.Email;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>An address that emails no longer go to, since when, and why.</summary>
public sealed record SuspendedAddress(EmailAddress Email, DateTimeOffset Since, string Why, string? Mid);

/// <summary>
/// The addresses that emails no longer go to. A row that cannot be read still suspends its address, which its key is the
/// hash of: a wrong email is worse than one more task.
/// </summary>
public sealed class SuspendedAddresses(IEnumerable<SuspendedAddress> known, IReadOnlyCollection<UnreadableRow> unreadable)
{
    private readonly Dictionary<EmailAddress, SuspendedAddress> byEmail = known.ToDictionary(a => a.Email);
    private readonly HashSet<string> unreadKeys = [.. unreadable.Select(row => row.RowKey)];

    public static SuspendedAddresses None { get; } = new([], []);

    public IReadOnlyCollection<UnreadableRow> Unreadable => unreadable;

    public bool Contains(EmailAddress email) => byEmail.ContainsKey(email) || unreadKeys.Count > 0 && unreadKeys.Contains(KeyOf(email));

    /// <summary>Since when and why; null when it is not suspended, or nobody can read why.</summary>
    public SuspendedAddress? Find(EmailAddress email) => byEmail.GetValueOrDefault(email);

    internal static string KeyOf(EmailAddress email) => Keys.Hash(email.ToString());
}
