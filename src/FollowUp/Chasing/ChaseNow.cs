using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What a chase that a person started has done.</summary>
/// <param name="Planned">Messages planned now.</param>
/// <param name="Sent">Messages that waited and that SendGrid has taken by now; the rest follows by the queue.</param>
/// <param name="Held">Steps that are due and wait.</param>
internal sealed record ChaseNowResult(int Planned, int Sent, int Held, IReadOnlyList<string> Failures);

/// <summary>
/// Chases and sends in one go, for when timers have stopped. The queue has rung for the same messages: whether it or
/// this gets there first, the claim to the row lets only one of them send.
/// </summary>
internal sealed class ChaseNow(ChaseRecommendations chase, IServiceProvider services, RegisterTable register, IOptions<ChasingSettings> settings, TimeProvider real, ILogger<ChaseNow> logger)
{
    private const string Job = "ChaseNow";
    private static readonly TimeSpan GoodTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan TimeForSending = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public async Task<ChaseNowResult> RunAsync(CancellationToken stop)
    {
        using var run = new RunTime(real, GoodTime, LongestTime, stop);
        var result = await chase.RunAsync(run);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(run.Stop);
        time.CancelAfter(TimeForSending);
        var failures = new RunFailures(Job, logger, time.Token);
        var sent = 0;
        try
        {
            await Parallel.ForEachAsync(result.Places, new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = time.Token, TaskScheduler = TaskScheduler.Current }, (place, token) => failures.TryAsync(place.Mid, async () =>
            {
                await services.GetRequiredService<SendEmail>().RunAsync(new EmailRing(place.Mid, place.Organisation, place.RowKey), token);
                if (await IsTakenAsync(place, token))
                {
                    Interlocked.Increment(ref sent);
                }
            }));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Time is up; the queue goes on with the rest.
        }

        return new ChaseNowResult(result.Planned, sent, result.Held, [.. result.Failures, .. failures.All]);
    }

    /// <summary>Whether SendGrid has taken the message; while another sender holds it, waits for what becomes of it.</summary>
    private async Task<bool> IsTakenAsync(MessagePlace place, CancellationToken stop)
    {
        while (await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is { } row)
        {
            if (row.Value.Status != MessageStatus.Claimed)
            {
                return row.Value.Status == MessageStatus.Accepted;
            }

            await Task.Delay(BetweenLooks, stop);
        }

        return false;
    }
}
