using FollowUp.Access;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>Inspections at the API.</summary>
internal static class InspectionsApi
{
    private const string Pattern = "api/inspections/{id}";

    public static void MapInspectionsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("api/inspections", ListAsync).Produces<IReadOnlyList<Inspection>>().WithSummary("All inspections, the newest first");
        routes.MapPost("api/inspections", PostAsync).Produces<InspectionView>(201).ProducesValidationProblem(422).ProducesProblem(409).WithSummary("Registers an inspection with its recommendations, as a draft");
        routes.MapGet(Pattern, GetAsync).Produces<InspectionView>().ProducesProblem(404).WithSummary("One inspection with its recommendations");
        routes.MapPatch(Pattern, PatchAsync).Produces<InspectionView>().ProducesValidationProblem(422).ProducesProblem(409).ProducesProblem(412).WithSummary("Changes an inspection: all of a draft; title, programme, report link and lead inspector afterwards");
        routes.MapPost(Pattern + "/issue", IssueAsync).Produces<InspectionView>().ProducesValidationProblem(422).WithSummary("Issues the recommendations; before publication, on that day");
    }

    /// <summary>What cannot be read is left out here; staff have a task about it.</summary>
    private static async Task<IResult> ListAsync(InspectionsTable inspections, ReportUnreadable report, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var all = await inspections.AllAsync(unreadable, stop);
        await report.RunAsync(unreadable, stop);
        return Results.Ok(all.OrderByDescending(i => i.PublishedOn).ThenBy(i => i.Id.ToString()));
    }

    private static async Task<IResult> GetAsync(string id, InspectionViews views, CancellationToken stop) =>
        await ShowAsync(id, views, stop) ?? Answers.NotFound($"There is no inspection {id}.");

    private static Task<IResult> PostAsync(Body<InspectionForm> body, RegisterInspection register, InspectionViews views, HttpContext context, CancellationToken stop) =>
        body.ThenAsync(async form =>
        {
            if ((await register.RunAsync(form, context.RepeatKey(), stop)).IsRefused(out var refusal, out var registered))
            {
                return refusal.AsProblem();
            }

            var (view, etag) = (await views.FindAsync(registered.Inspection.Id, stop))!.Value;
            return Results.Created($"/api/inspections/{view.Id}", view).WithETag(etag);
        });

    private static Task<IResult> PatchAsync(string id, Body<InspectionForm> body, EditInspection edit, InspectionViews views, HttpContext context, CancellationToken stop) =>
        body.ThenAsync(async form =>
        {
            if (!InspectionId.TryParse(id, null, out var known))
            {
                return Answers.NotFound($"There is no inspection {id}.");
            }

            return (await edit.RunAsync(known, form, context.ExpectedETag(), stop)).IsRefused(out var refusal, out _)
                ? refusal.AsProblem((await views.FindAsync(known, stop))?.View)
                : (await ShowAsync(id, views, stop))!;
        });

    private static async Task<IResult> IssueAsync(string id, IssueInspection issue, InspectionViews views, HttpContext context, CancellationToken stop)
    {
        if (!InspectionId.TryParse(id, null, out var known))
        {
            return Answers.NotFound($"There is no inspection {id}.");
        }

        return (await issue.RunAsync(known, context.User.AsActor(), stop)).IsRefused(out var refusal, out _)
            ? refusal.AsProblem()
            : (await ShowAsync(id, views, stop))!;
    }

    private static async Task<IResult?> ShowAsync(string id, InspectionViews views, CancellationToken stop) =>
        InspectionId.TryParse(id, null, out var known) && await views.FindAsync(known, stop) is var (view, etag) ? Results.Ok(view).WithETag(etag) : null;
}

/// <summary>A recommendation within its inspection.</summary>
/// <param name="Remark">What there is to say of the deadline, such as that it falls on a Saturday.</param>
public sealed record InspectionItemView(string Id, RecommendationNumber Number, string OrganisationId, string OrganisationName, string Text, string? Theme, RecommendationStatus Status, DateOnly ResponseDueOn, string? Remark);

/// <summary>An inspection with its recommendations.</summary>
/// <param name="Unreadable">How many recommendations are left out, since their rows cannot be read.</param>
public sealed record InspectionView(
    InspectionId Id,
    string Title,
    string Area,
    string Programme,
    DateOnly PublishedOn,
    string? ReportUrl,
    Person LeadInspector,
    InspectionStage Stage,
    DateOnly? IssuedOn,
    DateTimeOffset CreatedAt,
    IReadOnlyList<InspectionItemView> Recommendations,
    int Unreadable);

/// <summary>Reads inspections as the API shows them.</summary>
internal sealed class InspectionViews(ReadInspection read)
{
    public async Task<(InspectionView View, string ETag)?> FindAsync(InspectionId id, CancellationToken stop) =>
        await read.RunAsync(id, stop) is { } found ? (View(found), found.ETag) : null;

    private static InspectionView View(ReadableInspection found)
    {
        var (inspection, situation) = (found.Inspection, found.Situation);
        var items = from one in found.Recommendations
                    let of = one.Draft.OrganisationId
                    select new InspectionItemView(
                        $"{inspection.Id}/{one.Draft.Number}",
                        one.Draft.Number,
                        of.ToString(),
                        situation.Directory.NameOf(of),
                        one.Draft.Text,
                        one.Draft.Theme,
                        one.State?.Status ?? RecommendationStatus.Draft,
                        one.DueOn,
                        DeadlineRule.Remark(situation.Calendar, one.DueOn));
        return new InspectionView(
            inspection.Id, inspection.Title, inspection.Area, inspection.Programme, inspection.PublishedOn, inspection.ReportUrl, inspection.LeadInspector, inspection.Stage, inspection.IssuedOn, inspection.CreatedAt, [.. items], found.Unreadable);
    }
}
