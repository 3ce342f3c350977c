using FollowUp.Access;
using FollowUp.Recommendations;
using FollowUp.Reviews;

namespace FollowUp.Doors;

/// <summary>Staff's commands on one recommendation at the API.</summary>
internal static class CommandsApi
{
    public sealed record ExtendBody(DateOnly? DueOn, string? Reason);

    public sealed record PauseBody(DateOnly? Until, string? Reason);

    public sealed record HoldUpwardBody(DateOnly? Until, string? Reason);

    public sealed record ReviewBody(Judgement? Judgement, string? Note, DateOnly? DueOn);

    public sealed record VerifyBody(ProgressJudgement? Progress, string? Note);

    public sealed record CloseBody(ClosureReason? Reason, string? Note);

    public sealed record ReopenBody(string? Reason, DateOnly? DueOn);

    public sealed record RefuseTimeBody(string? Reason);

    public sealed record ReassignBody(string? OrganisationId, string? Reason, DateOnly? DueOn);

    public static void MapCommandsApi(this IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("api/recommendations/{inspection}/{number}");
        Map<ExtendBody>(one, "/extend", "Gives more time", (state, now, body, _) => DeadlineCommands.Extend(state, now, body.DueOn, body.Reason));
        Map<PauseBody>(one, "/pause", "Stops chasing up to and including a day", (state, now, body, _) => DeadlineCommands.Pause(state, now, body.Until, body.Reason));
        Map<HoldUpwardBody>(one, "/hold-upward", "Holds, up to and including a day, upward emails: to the organisation’s director and to those above it", (state, now, body, _) => UpwardCommands.Hold(state, now, body.Until, body.Reason));
        Described(one.MapPost("/release-upward", (string inspection, string number, CommandDoor door, HttpContext context) =>
            door.RunAsync(inspection, number, context, (state, now, _) => UpwardCommands.Release(state, now))), "Releases upward emails");
        Map<ReviewBody>(one, "/review", "Judges the answer", (state, now, body, by) => ReviewRule.Review(state, now, body.Judgement, body.Note, body.DueOn, by));
        Map<VerifyBody>(one, "/verify", "Judges the latest progress", (state, now, body, by) => ReviewRule.Verify(state, now, body.Progress, body.Note, by));
        Map<RefuseTimeBody>(one, "/refuse-time", "Says no to a request for more time", (state, now, body, _) => ReviewRule.RefuseTime(state, now, body.Reason));
        Map<CloseBody>(one, "/close", "Closes the recommendation", (state, now, body, by) => ReviewRule.Close(state, now, body.Reason, body.Note, by));
        Map<ReopenBody>(one, "/reopen", "Opens the recommendation again", (state, now, body, _) => ReviewRule.Reopen(state, now, body.Reason, body.DueOn));
        Described(one.MapPost("/reassign", (string inspection, string number, Body<ReassignBody> body, CommandDoor door, ReassignRecommendation reassign, HttpContext context) =>
            body.ThenAsync(sent => door.RunAsync(inspection, number, context, (id, command, stop) => reassign.RunAsync(id, command, sent.OrganisationId, sent.Reason, sent.DueOn, stop)))), "Gives the recommendation to another organisation");
        Described(one.MapPost("/resume", (string inspection, string number, CommandDoor door, HttpContext context) =>
            door.RunAsync(inspection, number, context, (state, now, _) => DeadlineCommands.Resume(state, now))), "Goes on with chasing");
    }

    private static void Map<TBody>(RouteGroupBuilder one, string path, string summary, Func<Recommendation, Situation, TBody, Actor, Outcome<Change>> rule)
        where TBody : class =>
        Described(
            one.MapPost(path, (string inspection, string number, Body<TBody> body, CommandDoor door, HttpContext context) =>
                body.ThenAsync(sent => door.RunAsync(inspection, number, context, (state, now, by) => rule(state, now, sent, by)))),
            summary);

    private static void Described(RouteHandlerBuilder route, string summary) =>
        route.Produces<RecommendationView>().ProducesValidationProblem(422).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).WithSummary(summary);
}

/// <summary>Carries out a command that came to the API.</summary>
internal sealed class CommandDoor(ChangeRecommendation change, FindRecommendations find, ReadSituation readSituation)
{
    /// <summary>A command that one rule decides.</summary>
    public Task<IResult> RunAsync(string inspection, string number, HttpContext context, Func<Recommendation, Situation, Actor, Outcome<Change>> rule) =>
        RunAsync(inspection, number, context, (id, command, stop) => change.RunAsync(id, command, (state, situation) => rule(state, situation, command.Actor), stop));

    /// <summary>A command that is a use case of its own.</summary>
    public async Task<IResult> RunAsync(string inspection, string number, HttpContext context, Func<RecommendationId, Command, CancellationToken, Task<Outcome<Recommendation>>> useCase)
    {
        if (!RecommendationId.TryParse($"{inspection}/{number}", null, out var id))
        {
            return Answers.NotFound($"There is no issued recommendation {inspection}/{number}.");
        }

        var stop = context.RequestAborted;
        var command = Command.By(context.User.AsActor(), context.RepeatKey(), context.ExpectedVersion());
        var refused = (await useCase(id, command, stop)).IsRefused(out var refusal, out _);
        var current = await find.FindAsync(id, stop) is { } found ? RecommendationsApi.View(found, await readSituation.RunAsync(stop)) : null;
        return refused || current is null
            ? (refusal ?? Refusal.NotFound($"There is no issued recommendation {id}.")).AsProblem(current)
            : Results.Ok(current).WithETag(Answers.ETagOf(current.Version));
    }
}
