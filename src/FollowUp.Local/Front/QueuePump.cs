using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FollowUp.Local.Clock;
using FollowUp.Local.Service;

namespace FollowUp.Local.Front;

/// <summary>The host's queue listener: as many at a time as <c>host.json</c> lets run, again after a failure, aside after the fifth.</summary>
internal sealed class QueuePump(Door door, string connectionString, TriggerDoors triggers, SharedClock clock, HostPatience patience, Action<string> say)
{
    /// <summary>The batch and what may still run when the next is fetched.</summary>
    internal const int AtOnce = 4 + 4;

    private const int Tries = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly QueueClientOptions Encoding = new() { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 1 } };

    private readonly QueueClient _queue = new(connectionString, door.Queue, Encoding);
    private readonly QueueClient _poison = new(connectionString, door.Queue + "-poison", Encoding);
    private readonly ConcurrentDictionary<string, byte> _inFlight = new();

    /// <summary>Nothing waits in the queue, visible or not, and no message is being worked on.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        if (!_inFlight.IsEmpty)
            return false;

        try
        {
            var properties = await _queue.GetPropertiesAsync(cancellationToken);
            return properties.Value.ApproximateMessagesCountLong == 0 && _inFlight.IsEmpty;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return true;
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await ReceiveAsync(cancellationToken) == 0)
                    await Task.Delay(100, cancellationToken);
            }
            catch (RequestFailedException)
            {
                await Task.Delay(500, cancellationToken);
            }
        }
    }

    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var room = AtOnce - _inFlight.Count;
        if (room == 0)
            return 0;

        QueueMessage[] messages;
        try
        {
            messages = await _queue.ReceiveMessagesAsync(room, Lease, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return 0;
        }

        foreach (var message in messages)
        {
            _inFlight[message.MessageId] = 0;
            _ = Task.Run(() => HandleAsync(message, cancellationToken), CancellationToken.None);
        }

        return messages.Length;
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var work = triggers.FireAsync(door, HostBodies.Queue(door, message, clock.UtcNow), cancellationToken);
            var receipt = await HoldWhileRunningAsync(message, work, cancellationToken);
            await SettleAsync(message, receipt, await work, cancellationToken);
        }
        catch (Exception fault) when (fault is RequestFailedException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                say($"A message of the queue {door.Queue} was not settled: {fault.Message}");
        }
        finally
        {
            _inFlight.TryRemove(message.MessageId, out _);
        }
    }

    private async Task<string> HoldWhileRunningAsync(QueueMessage message, Task work, CancellationToken cancellationToken)
    {
        var receipt = message.PopReceipt;
        while (await Task.WhenAny(work, Task.Delay(Lease / 2, cancellationToken)) != work)
            receipt = (await _queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Lease, cancellationToken: cancellationToken)).Value.PopReceipt;
        return receipt;
    }

    private async Task SettleAsync(QueueMessage message, string receipt, DoorOutcome outcome, CancellationToken cancellationToken)
    {
        if (!outcome.Succeeded && message.DequeueCount < Tries)
        {
            await _queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: patience.QueueVisibility, cancellationToken: cancellationToken);
            return;
        }

        if (!outcome.Succeeded)
        {
            await _poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await _poison.SendMessageAsync(message.Body, cancellationToken: cancellationToken);
            say($"A message of the queue {door.Queue} failed {Tries} times and went to {_poison.Name}.");
        }

        await _queue.DeleteMessageAsync(message.MessageId, receipt, cancellationToken);
    }
}
