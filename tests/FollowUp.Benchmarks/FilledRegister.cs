using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Benchmarks;

/// <summary>
/// A register full of recommendations that were issued four weeks ago and whose notices were accepted. Of the
/// organisations that are chased each has one that is due for its first reminder today; all others are not due yet.
/// </summary>
internal sealed class FilledRegister(string connectionString)
{
    private const int InOneInspection = 90;
    private const int NotDueFor = 60;
    private static readonly DateOnly Today = TimeProvider.System.GetUtcNow().LondonDate();
    private static readonly DateOnly IssuedOn = Today.AddDays(-28);

    public Store Store { get; } = new(
        new TableServiceClient(connectionString),
        new QueueServiceClient(connectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }),
        new BlobServiceClient(connectionString));

    /// <param name="chased">Organisations with something due.</param>
    /// <param name="recommendations">All recommendations, spread over the chased and as many other organisations.</param>
    public async Task FillAsync(int chased, int recommendations)
    {
        var stop = CancellationToken.None;
        await Store.LayOutAsync(stop);
        var ids = Enumerable.Range(0, 2 * chased).Select(i => OrganisationId.Parse($"org-{i:d6}", null)).ToList();
        await WriteAsync(Store.Organisations, ids.Select((id, i) => Document.Entity("directory", "org|" + id, OrganisationOf(id, i))));
        foreach (var (inspection, some) in Enumerable.Range(0, recommendations).Chunk(InOneInspection).Select((some, i) => (InspectionOf(i), some)))
        {
            var states = some.Select((n, place) => StateOf(inspection, place + 1, ids[n % ids.Count], due: n < chased)).ToList();
            await WriteAsync(Store.Inspections, [Document.Entity(inspection.Id.ToString(), "header", inspection), .. states.Select(MapOf)]);
            await Parallel.ForEachAsync(states.GroupBy(s => s.OrganisationId), async (ofOne, _) =>
                await WriteAsync(Store.Register, ofOne.Select(s => Document.Entity(s.OrganisationId.ToString(), RegisterTable.StateKey(s.Id), s))));
            await Parallel.ForEachAsync(states, async (s, token) => await new Hints(Store).RememberAsync(
                LadderRule.NextOn(Ladder.Default, s.Ask, WorkingCalendar.Published) ?? throw new InvalidOperationException("It is never due."), s.OrganisationId, s.Id, token));
        }
    }

    private static Task WriteAsync(TableClient table, IEnumerable<TableEntity> rows) => HintRows.PutAsync(table, rows, CancellationToken.None);

    private static Organisation OrganisationOf(OrganisationId id, int number) => new()
    {
        Id = id,
        Name = $"Organisation {number} Community Rehabilitation Company",
        Kind = OrganisationKind.Other,
        Contacts = [new Contact($"Main Contact {number}", EmailAddress.Parse($"main@{id}.example", null), ContactRole.Main)],
    };

    private static Inspection InspectionOf(int number) => new()
    {
        Id = InspectionId.Parse($"area-{number}-2017-08", null),
        Title = $"Inspection {number} of the effectiveness of probation work",
        Area = $"Area {number}",
        Programme = "Quality & Impact",
        PublishedOn = IssuedOn,
        IssuedOn = IssuedOn,
        Stage = InspectionStage.Issued,
        LeadInspector = new Person("Ines Lead", EmailAddress.Parse("ines.lead@inspectorate.example", null)),
        CreatedAt = LondonTime.At(IssuedOn, new TimeOnly(9, 0)),
    };

    private static Recommendation StateOf(Inspection inspection, int number, OrganisationId organisation, bool due)
    {
        var dueOn = WorkingCalendar.Published.Add(Today, due ? 10 : NotDueFor);
        return new Recommendation
        {
            Id = new RecommendationId(inspection.Id, RecommendationNumber.Parse($"{number}", null)),
            OrganisationId = organisation,
            Text = "Make sure that case managers have caseloads that let them do the work well, and that the quality of what they do is looked at and spoken about with them every month.",
            Status = RecommendationStatus.AwaitingResponse,
            PublishedOn = IssuedOn,
            IssuedOn = IssuedOn,
            Ask = new Ask
            {
                Kind = AskKind.Response,
                OpenedOn = IssuedOn,
                DueOn = dueOn,
                OriginalDueOn = dueOn,
                Ladder = new LadderPosition { LastStep = 0, StepsAfter = IssuedOn, FirstAcceptedOn = IssuedOn, DecidedAt = LondonTime.At(IssuedOn, new TimeOnly(9, 0)) },
            },
        };
    }

    private static TableEntity MapOf(Recommendation state) => Document.Entity(
        state.Id.Inspection.ToString(), "rec|" + state.Id.Number.Padded, new DraftRecommendation { Number = state.Id.Number, OrganisationId = state.OrganisationId, Text = state.Text });
}
