using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>
/// Finds the first day that takes a chasing email which no plan has begun, and counts it for that day: one on which the
/// person's email still takes more, or on which they have none and the day has not come to its limit.
/// </summary>
internal sealed class FindDay(OpenDayBudget openBudget)
{
    private const int MostDays = 20;

    /// <param name="recipient">Whom it goes to.</param>
    /// <param name="from">The first day on which it may go.</param>
    /// <param name="known">The messages about the organisation of that day and of those after it.</param>
    /// <param name="situation">What is known.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<DateOnly> RunAsync(Recipient recipient, DateOnly from, KeyedMessages known, Situation situation, CancellationToken stop)
    {
        var on = from;
        for (var days = 0; days < MostDays; days++)
        {
            var key = RegisterTable.ChasingKey(recipient, on);
            if (known.Take(key) && (known.Find(key) is not null || await TakeAsync(on, situation, stop)))
            {
                return on;
            }

            on = situation.Calendar.Add(on, 1);
        }

        throw new InvalidOperationException($"No day of the next ones takes an email to a person of {recipient.Of}.");
    }

    private async Task<bool> TakeAsync(DateOnly on, Situation situation, CancellationToken stop)
    {
        using var budget = await openBudget.RunAsync(situation with { Today = on }, stop);
        var taken = await budget.TakeAsync(1, stop);
        await budget.ReturnAsync(stop, isWritten: false);
        return taken;
    }
}
