using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Something that happened, as a page tells it.</summary>
/// <param name="Facts">What else there is to say, one sentence each.</param>
/// <param name="Words">Somebody's own words.</param>
/// <param name="Mid">The email to read, if it is about one that was written.</param>
/// <param name="Tag">What has become of the email.</param>
internal sealed record StoryEntry(DateTimeOffset At, string Title, string By, IReadOnlyList<string> Facts, string? Words = null, string? Mid = null, TagWords? Tag = null);

/// <summary>The story of a recommendation: what was done, decided, answered and sent.</summary>
internal static class Story
{
    /// <summary>Events and emails merged, the newest first.</summary>
    public static IReadOnlyList<StoryEntry> Of(IEnumerable<RecordedEvent> events, IEnumerable<Message> messages, OrganisationDirectory directory)
    {
        var told = events.Select(e => (Order: e.Seq, Entry: EventStory.Tell(e, directory)));
        var sent = messages.Where(m => m.Status != MessageStatus.Planning).Select(m => (Order: int.MaxValue, Entry: Tell(m, directory)));
        return [.. told.Concat(sent).OrderByDescending(t => t.Entry.At).ThenByDescending(t => t.Order).Select(t => t.Entry)];
    }

    private static StoryEntry Tell(Message message, OrganisationDirectory directory)
    {
        var timeline = message.TimelineInOrder;
        var accepted = timeline.FirstOrDefault(e => e.What == "accepted");
        var latest = timeline is [.., var last] ? last : null;
        var facts = new List<string> { $"To {message.Recipient.InWords(directory)} ({message.Recipient.Email})" };
        if (message.Items.Count > 1)
        {
            facts.Add($"The same email is about {Words.Count(message.Items.Count, "recommendation")}.");
        }

        if (latest?.IsGood() == false)
        {
            facts.Add($"{latest.At.InWords()}: {latest.InWords()}");
        }

        return new StoryEntry(
            (accepted ?? latest)?.At ?? message.PlannedAt,
            $"{message.Kind.InWords()} to {message.Recipient.Name}",
            "FollowUp",
            facts,
            Mid: message.Attempts > 0 || accepted is not null ? message.Mid : null,
            Tag: message.DeliveryInWords());
    }
}

/// <summary>Reads the story of a recommendation.</summary>
internal sealed class ReadStory(RegisterTable register, ReportUnreadable report)
{
    /// <returns>The story, and the number of the first event that was changed since it was written; null when none was.</returns>
    public async Task<(IReadOnlyList<StoryEntry> Entries, int? ChangedAt)> RunAsync(Recommendation state, OrganisationDirectory directory, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var (events, messages) = await ReadAsync(state, unreadable, stop);
        return (Story.Of(events, messages, directory), unreadable.Count == 0 ? RecordedEvent.FindChange([.. events.Take(state.LastEvent)], state.LastHash) : null);
    }

    /// <summary>What it is told from. Staff are told of rows that cannot be read.</summary>
    public async Task<(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<Message> Messages)> ReadAsync(Recommendation state, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var events = await register.EventsAsync(state.OrganisationId, state.Id, 0, stop, unreadable);
        var messages = new List<Message>();
        // Emails stay with the organisation that they were about when the recommendation goes to another one
        foreach (var organisation in events.Select(EventStory.CameFrom).OfType<OrganisationId>().Append(state.OrganisationId).Distinct())
        {
            await foreach (var row in register.MessagesAsync(organisation, state.IssuedOn, stop, unreadable))
            {
                if (row.Value.Items.Any(i => i.Recommendation == state.Id))
                {
                    messages.Add(row.Value);
                }
            }
        }

        await report.RunAsync([.. unreadable], stop);
        return (events, messages);
    }
}
