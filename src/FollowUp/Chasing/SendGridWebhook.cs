using System.Text.Json;
using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>An event about an email, as SendGrid tells it.</summary>
internal sealed record SendGridEvent(string Mid, string What, string EventId, DateTimeOffset At, string? Type, string? Reason, string? ProviderId)
{
    /// <summary>Reads the events that are about our messages; others are passed over.</summary>
    public static IReadOnlyList<SendGridEvent> ReadAll(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The events are not an array.");
        }

        var events = new List<SendGridEvent>();
        foreach (var one in body.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.Object && Text(one, "mid") is { Length: 32 } mid && Text(one, "event") is { } what && Text(one, "sg_event_id") is { Length: > 0 and <= 200 } id)
            {
                var at = one.TryGetProperty("timestamp", out var seconds) && seconds.TryGetInt64(out var unix) && unix is > 0 and < 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.UnixEpoch;
                events.Add(new SendGridEvent(mid, what, id, at, Text(one, "type"), Text(one, "reason") ?? Text(one, "response"), Text(one, "sg_message_id")));
            }
        }

        return events;
    }

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>
/// Takes SendGrid's events into the stories of our messages. The id of each event stands in the story, so that one
/// that comes twice changes nothing, and the order in which they come does not matter.
/// </summary>
internal sealed partial class SendGridWebhook(
    RegisterTable register, FirstAcceptance acceptance, PlanNextRecipient next, Hints hints, AddressesTable addresses, TasksTable tasks, IClock clock, ILogger<SendGridWebhook> logger)
{
    private const int Tries = 8;

    public async Task RunAsync(IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        foreach (var ofOne in events.GroupBy(e => e.Mid))
        {
            await TakeAsync(ofOne.Key, [.. ofOne], stop);
        }
    }

    private async Task TakeAsync(string mid, IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        using var trail = Trail.Follow("delivery", mid);
        if (await hints.FindMessageAsync(mid, stop) is not { } place)
        {
            Log.NotOurs(logger, mid);
            return;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is not { } row || row.Value.Mid != mid)
            {
                Log.NotOurs(logger, mid);
                return;
            }

            await ActOnAsync(row.Value, events, stop);
            var after = DeliveryRule.Take(row.Value, events, clock.UtcNow);
            if (after == row.Value || await WriteAsync(row, after, stop))
            {
                if (after.IsSettled)
                {
                    await hints.SettledAsync(mid, stop);
                }

                return;
            }
        }

        throw new IOException($"The story of message {mid} could not be written: others change its row all the time.");
    }

    private async Task<bool> WriteAsync(Row<Message> row, Message after, CancellationToken stop)
    {
        var egt = RegisterTable.Change(after.OrganisationId).Replace(row, after);
        if (after.Status == MessageStatus.Accepted && row.Value.Status != MessageStatus.Accepted)
        {
            await acceptance.AddAsync(egt, after, clock.UtcNow.LondonDate(), stop);
        }

        return await register.CommitAsync(egt, stop);
    }

    /// <summary>What has effects elsewhere comes first: the story is what says that it has been dealt with.</summary>
    private async Task ActOnAsync(Message message, IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        foreach (var bad in events.Where(e => DeliveryRule.Suspends(e) && message.Timeline.All(t => t.EventId != e.EventId)))
        {
            var why = $"An email of {message.On:d MMMM yyyy} {DeliveryRule.Words(bad)}.";
            await addresses.SuspendAsync(new SuspendedAddress(message.Recipient.Email, clock.UtcNow, why, message.Mid), stop);
            await tasks.OpenAsync(Tasks.AddressSuspended(message, why, clock.UtcNow), stop);
            await next.RunAsync(message, stop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid tells of message {Mid}, which is not in the register.")]
        public static partial void NotOurs(ILogger logger, string mid);
    }
}
