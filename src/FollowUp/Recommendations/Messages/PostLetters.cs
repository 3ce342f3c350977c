using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>A letter on its way into the register: its row, and the message in it.</summary>
internal sealed record Post(string Key, Message Message)
{
    /// <param name="cause">What it was caused by; the same cause a second time is the same row.</param>
    /// <param name="about">The recommendations that it speaks of, which may be none.</param>
    public static Post To(Recipient recipient, OrganisationId organisation, MessageKind kind, Letter letter, string cause, Situation situation, IReadOnlyList<MessageItem>? about = null) =>
        new(RegisterTable.OtherKey(recipient, situation.Today, cause), Message.New(situation.Today, organisation, kind, recipient, about ?? [], situation.Now) with { Letter = letter });
}

/// <summary>
/// Sends letters that are about no decision on a recommendation: a code, a new link, a change of contacts. The caller
/// adds them to its transaction and rings when that is written; if it does not come to that, the chase rings.
/// </summary>
internal sealed class PostLetters(MessageHints hints, EmailBell bell)
{
    public async Task AddAsync(Egt egt, IReadOnlyList<Post> posts, CancellationToken stop)
    {
        if (posts.Count > 0)
        {
            await hints.LeadToAsync([.. posts.Select(PlaceOf)], stop);
        }

        foreach (var post in posts)
        {
            egt.Insert(post.Key, post.Message);
        }
    }

    public Task RingAsync(IReadOnlyList<Post> posts, CancellationToken stop) => bell.RingAsync(posts.Select(PlaceOf), stop);

    private static MessagePlace PlaceOf(Post post) => new(post.Message.Mid, post.Message.OrganisationId, post.Key);
}
