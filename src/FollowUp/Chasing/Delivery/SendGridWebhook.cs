using System.Runtime.ExceptionServices;
using System.Text.Json;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>An event about an email, as SendGrid tells it.</summary>
/// <param name="At">When it happened, to the second; null when SendGrid does not say.</param>
internal sealed record SendGridEvent(string Mid, string What, string EventId, string? Type, string? Reason, string? ProviderId, DateTimeOffset? At = null)
{
    /// <summary>So many characters at most are kept of what a receiving server says: it says what it likes, and a story must fit into its row.</summary>
    private const int MostText = 1000;

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
            if (one.ValueKind == JsonValueKind.Object && Text(one, "mid") is { } mid && Recommendations.Mid.IsOne(mid) && Text(one, "event") is { } what && Text(one, "sg_event_id") is { Length: > 0 and <= 200 } id)
            {
                events.Add(new SendGridEvent(mid, what, id, Text(one, "type"), Text(one, "reason") ?? Text(one, "response"), Text(one, "sg_message_id"), Time(one)));
            }
        }

        return events;
    }

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Shortened(MostText) : null;

    private static DateTimeOffset? Time(JsonElement one) =>
        one.TryGetProperty("timestamp", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Of the year 9999: no later one is a time.</summary>
    private const long LastSecond = 253_402_300_799;
}

/// <summary>
/// Takes SendGrid's events into the stories of our messages. The id of each event stands in the story, so that one
/// that comes twice changes nothing, and the order in which they come does not matter.
/// </summary>
internal sealed partial class SendGridWebhook(
    RegisterTable register, MessageHints hints, AddressesTable addresses, TasksTable tasks, FinishTasks finish, PassOn passOn, RecordAcceptance acceptance, ReadChaseContext readContext, UnknownMessages unknown, IOptions<ChasingSettings> settings, IClock clock, ILogger<SendGridWebhook> logger)
{
    private const int Tries = 8;

    public async Task RunAsync(IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        Exception? first = null;
        foreach (var ofOne in events.GroupBy(e => e.Mid))
        {
            try
            {
                await TakeAsync(ofOne.Key, [.. ofOne.DistinctBy(e => e.EventId)], stop);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // Whatever it is, it must not keep the others from being taken
                SendGridWebhookLog.NotTaken(logger, ofOne.Key, failure);
                first ??= failure;
            }
        }

        if (first is not null)
        {
            // SendGrid sends all of them again for a day; those that were taken change nothing then
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task TakeAsync(string mid, IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        using var trail = Trail.Follow("delivery", mid);
        if (await hints.FindAsync(mid, stop) is not { } place)
        {
            await NotOursAsync(mid, events, stop);
            return;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is not { } row || row.Value.Mid != mid)
            {
                await NotOursAsync(mid, events, stop);
                return;
            }

            var after = DeliveryRule.Take(row.Value, events, clock.UtcNow);
            if (after == row.Value)
            {
                return;
            }

            var bad = events.FirstOrDefault(e => DeliveryRule.Suspends(e) && row.Value.Timeline.All(t => t.EventId != e.EventId));
            if (await WriteAsync(row, after, bad, stop))
            {
                return;
            }
        }

        throw new IOException($"The story of message {mid} could not be written: others change its row all the time.");
    }

    private Task NotOursAsync(string mid, IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        SendGridWebhookLog.NotOurs(logger, mid);
        return unknown.KeepAsync(mid, events, stop);
    }

    /// <summary>What has effects elsewhere comes first: the story is what says that it has been dealt with.</summary>
    private async Task<bool> WriteAsync(Row<Message> row, Message after, SendGridEvent? bad, CancellationToken stop)
    {
        if (bad is not null)
        {
            await SuspendAsync(row.Value, bad, stop);
        }

        if (DeliveryRule.WhyLost(row.Value, after) is { } lost)
        {
            await tasks.OpenAsync(Tasks.EmailFailed(row.Value, lost, clock.UtcNow), stop);
        }

        if (DeliveryRule.HasArrivedAfterAll(row.Value, after))
        {
            await finish.ArrivedAsync(after, stop);
        }

        var egt = RegisterTable.Change(row.Value.OrganisationId);
        var context = bad is null && !IsNews(row.Value, after) ? null : await readContext.RunAsync(stop);
        var next = bad is null ? null : await passOn.AddAsync(egt, row, context!, stop);
        if (IsNews(row.Value, after) && !await acceptance.AddAsync(egt, after, context!.Situation, null, stop))
        {
            return false;
        }

        egt.Replace(row, after with { ReplacedBy = after.ReplacedBy ?? next?.Mid });
        if (!await register.CommitAsync(egt, stop))
        {
            return false;
        }

        if (after.IsSettled && !row.Value.IsSettled)
        {
            await finish.WaitsNoLongerAsync(after, settings.Value.TaskAfter, stop);
            await hints.SettledAsync(after.Mid, stop);
        }

        if (next is not null)
        {
            await passOn.RingAsync(next, stop);
        }

        return true;
    }

    /// <summary>Whether it was not known before that SendGrid has it.</summary>
    private static bool IsNews(Message before, Message after) =>
        before.Status != MessageStatus.Accepted && after.Status == MessageStatus.Accepted
        || before.Status == MessageStatus.Withdrawn && before.Timeline.All(t => t.EventId is null);

    private async Task SuspendAsync(Message message, SendGridEvent bad, CancellationToken stop)
    {
        var why = $"An email of {message.On.InWords()} {DeliveryRule.Words(bad)}.";
        await addresses.SuspendAsync(new SuspendedAddress(message.Recipient.Email, clock.UtcNow, why, message.Mid), stop);
        await tasks.OpenAsync(Tasks.AddressSuspended(message, why, clock.UtcNow), stop);
    }

    private static partial class SendGridWebhookLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What SendGrid tells of message {Mid} could not be taken; the rest goes on, and SendGrid tells it again.")]
        public static partial void NotTaken(ILogger logger, string mid, Exception failure);

        [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid tells of message {Mid}, which is not in the register.")]
        public static partial void NotOurs(ILogger logger, string mid);
    }
}
