using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>The directory and its links at the API.</summary>
internal static class OrganisationsApi
{
    private const string Pattern = "api/organisations/{id}";

    public static void MapOrganisationsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("api/organisations", ListAsync).Produces<IReadOnlyList<Organisation>>().WithSummary("All organisations");
        routes.MapGet(Pattern, GetAsync).Produces<Organisation>().ProducesProblem(404).WithSummary("One organisation");
        routes.MapPut(Pattern, PutAsync).Produces<Organisation>().Produces<Organisation>(201).ProducesValidationProblem(422).ProducesProblem(412).WithSummary("Adds or replaces an organisation");
        routes.MapGet(Pattern + "/links", LinksAsync).Produces<IReadOnlyList<LinkView>>().WithSummary("The links that were sent to its contacts and to those above");
        routes.MapPost(Pattern + "/links/{linkId}/revoke", RevokeAsync).Produces<LinkView>().ProducesProblem(404).WithSummary("Ends a link at once");
    }

    /// <summary>What cannot be read is left out here and of the links; staff have a task about it.</summary>
    private static async Task<IResult> ListAsync(OrganisationsTable organisations, ReportUnreadable report, CancellationToken stop)
    {
        var directory = await organisations.ReadAllAsync(stop);
        await report.RunAsync([.. directory.Unreadable], stop);
        return Results.Ok(directory.All);
    }

    private static async Task<IResult> GetAsync(string id, OrganisationsTable organisations, CancellationToken stop) =>
        OrganisationId.TryParse(id, null, out var known) && await organisations.FindAsync(known, stop) is { } row
            ? Show(row)
            : Answers.NotFound($"There is no organisation {id}.");

    private static Task<IResult> PutAsync(string id, Body<OrganisationForm> body, KeepOrganisation keep, OrganisationsTable organisations, HttpContext context, CancellationToken stop) =>
        body.ThenAsync(async form =>
        {
            if (!OrganisationId.TryParse(id, null, out var known))
            {
                return Refusal.Invalid("id", OrganisationId.Expected).AsProblem();
            }

            var isNew = await organisations.FindAsync(known, stop) is null;
            if ((await keep.RunAsync(known, form, context.User.AsActor().Name, context.ExpectedETag(), stop)).IsRefused(out var refusal, out var row))
            {
                return refusal.AsProblem((await organisations.FindAsync(known, stop))?.Value);
            }

            return isNew ? Results.Created($"/api/organisations/{id}", row.Value).WithETag(row.ETag.ToString()) : Show(row);
        });

    private static async Task<IResult> LinksAsync(string id, RegisterTable register, OrganisationsTable organisations, ReportUnreadable report, CancellationToken stop)
    {
        if (!OrganisationId.TryParse(id, null, out var known) || await organisations.FindAsync(known, stop) is null)
        {
            return Answers.NotFound($"There is no organisation {id}.");
        }

        var (links, unreadable) = (new List<LinkView>(), new List<UnreadableRow>());
        await foreach (var row in register.LinksAsync(known, stop, unreadable))
        {
            links.Add(LinkView.Of(row.Value));
        }

        await report.RunAsync(unreadable, stop);
        return Results.Ok(links.OrderBy(l => l.CreatedAt));
    }

    private static async Task<IResult> RevokeAsync(string id, string linkId, RevokeLink revoke, HttpContext context, CancellationToken stop) =>
        OrganisationId.TryParse(id, null, out var known)
            ? (await revoke.RunAsync(known, linkId, context.User.AsActor().Name, stop)).IsRefused(out var refusal, out var link) ? refusal.AsProblem() : Results.Ok(LinkView.Of(link))
            : Answers.NotFound($"There is no organisation {id}.");

    private static IResult Show(Row<Organisation> row) => Results.Ok(row.Value).WithETag(row.ETag.ToString());
}

/// <summary>A link as staff see it: everything but its secret.</summary>
/// <param name="Id">Names the link; it opens nothing.</param>
public sealed record LinkView(string Id, string Name, string Email, Relation Relation, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, string? RevokedBy)
{
    internal static LinkView Of(Link link) =>
        new(link.Id, link.Contact.Name, link.Contact.Email.ToString(), link.Contact.Relation, link.CreatedAt, link.RevokedAt, link.RevokedBy);
}
