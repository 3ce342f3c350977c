using FollowUp.Access;
using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Doors;

/// <summary>Safe sending at the API: the kill switch, a held day, and what staff do about tasks.</summary>
internal static class SendingApi
{
    public sealed record StopBody(string? Reason);

    public sealed record ResumeBody(string? Reason);

    public sealed record ReleaseBody(int? UpTo, string? Reason);

    public sealed record TaskBody(string? OrganisationId, string? Key);

    public sealed record SendAgainBody(string? OrganisationId, string? Key, string? Name, string? Email);

    public static void MapSendingApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("api/sending", async (KeepSendingSafe safe, CancellationToken stop) => Results.Ok(await safe.ShowAsync(stop)))
            .Produces<SendingView>().WithSummary("Whether chasing emails may leave today, and how many");
        routes.MapPost("api/sending/stop", (Body<StopBody> body, KeepSendingSafe safe, HttpContext context, CancellationToken stop) =>
            body.ThenAsync(async sent => Show(await safe.StopAsync(sent.Reason, context.User.AsActor(), stop))))
            .Produces<SendingView>().ProducesValidationProblem(422).WithSummary("Stops all emails at once");
        routes.MapPost("api/sending/resume", ResumeAsync)
            .Accepts<ResumeBody>(isOptional: true, "application/json").Produces<SendingView>().ProducesValidationProblem(422).WithSummary("Lets emails leave again");
        routes.MapPost("api/sending/release", (Body<ReleaseBody> body, KeepSendingSafe safe, HttpContext context, CancellationToken stop) =>
            body.ThenAsync(async sent => Show(await safe.ReleaseAsync(sent.UpTo, sent.Reason, context.User.AsActor(), stop))))
            .Produces<SendingView>().ProducesValidationProblem(422).WithSummary("Lets a stated number of chasing emails go today");
        routes.MapPost("api/tasks/done", (Body<TaskBody> body, DoTask tasks, HttpContext context, CancellationToken stop) =>
            body.ThenAsync(async sent => Show(await tasks.DoneAsync(Id(sent.OrganisationId), sent.Key, context.User.AsActor(), stop))))
            .Produces<StaffTask>().ProducesProblem(404).WithSummary("Marks a task as done");
        routes.MapPost("api/tasks/send-again", (Body<SendAgainBody> body, SendAgain sendAgain, HttpContext context, CancellationToken stop) =>
            body.ThenAsync(async sent => Show(await sendAgain.RunAsync(Id(sent.OrganisationId), sent.Key, sent.Name, sent.Email, context.User.AsActor(), stop))))
            .Produces<StaffTask>().ProducesProblem(404).ProducesValidationProblem(422).WithSummary("Sends again what did not arrive, to the same address or a new one; the deadline stays");
    }

    /// <summary>The body may be left out: whoever lets emails leave again in haste need not say why.</summary>
    private static async Task<IResult> ResumeAsync(KeepSendingSafe safe, HttpContext context, CancellationToken stop)
    {
        var body = context.Request.ContentLength is null or 0 ? null : await Body<ResumeBody>.BindAsync(context);
        return body?.Problem ?? Show(await safe.ResumeAsync(body?.Value?.Reason, isAsked: false, context.User.AsActor(), stop));
    }

    private static OrganisationId? Id(string? text) => OrganisationId.TryParse(text, null, out var id) ? id : null;

    private static IResult Show<T>(Outcome<T> outcome)
        where T : notnull => outcome.IsRefused(out var refusal, out var value) ? refusal.AsProblem() : Results.Ok(value);
}
