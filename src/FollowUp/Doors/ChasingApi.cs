using FollowUp.Chasing;
using FollowUp.Recommendations;

namespace FollowUp.Doors;

/// <summary>Chasing at the API: what will be sent, what staff must do, and starting the chase.</summary>
internal static class ChasingApi
{
    private const int UsualDays = 30;

    /// <summary>What a chase that was started here has done.</summary>
    /// <param name="Planned">Messages planned now.</param>
    /// <param name="Sent">Messages that waited and that SendGrid has taken by now; the rest follows by the queue.</param>
    /// <param name="Held">Steps that are due and wait.</param>
    public sealed record ChaseView(int Planned, int Sent, int Held);

    public static void MapChasingApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("api/outlook", OutlookAsync).Produces<IReadOnlyList<OutlookEntry>>().ProducesValidationProblem(422).WithSummary("What will be sent if nothing changes");
        routes.MapGet("api/tasks", async (TasksTable tasks, CancellationToken stop) => Results.Ok(await tasks.OpenTasksAsync(stop)))
            .Produces<IReadOnlyList<StaffTask>>().WithSummary("What staff must do");
        routes.MapGet("api/chase", async (RehearseChase rehearse, CancellationToken stop) => Results.Ok(await rehearse.RunAsync(stop)))
            .Produces<Rehearsal>().WithSummary("What starting the chase now would send, and to whom. It sends and changes nothing");
        routes.MapPost("api/chase", ChaseAsync).Produces<ChaseView>().WithSummary("Starts the chase now, as the timer does");
    }

    private static async Task<IResult> OutlookAsync(string? days, ReadOutlook outlook, CancellationToken stop)
    {
        var wanted = UsualDays;
        if (days is not null && (!int.TryParse(days, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out wanted) || wanted is < 1 or > ReadOutlook.MostDays))
        {
            return Refusal.Invalid("days", $"Enter a number of days from 1 to {ReadOutlook.MostDays}").AsProblem();
        }

        return Results.Ok((await outlook.RunAsync(wanted, stop)).Entries);
    }

    private static async Task<IResult> ChaseAsync(ChaseNow chase, CancellationToken stop)
    {
        var result = await chase.RunAsync(stop);
        return result.Failures.Count == 0
            ? Results.Ok(new ChaseView(result.Planned, result.Sent, result.Held))
            : Results.Problem("The chase failed for some items; the rest is done: " + string.Join(" · ", result.Failures.Take(5)), statusCode: StatusCodes.Status500InternalServerError);
    }
}
