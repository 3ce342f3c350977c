namespace FollowUp.Recommendations;

/// <summary>Changes an inspection: everything while it is a draft; title, programme, report link and lead inspector afterwards.</summary>
internal sealed class EditInspection(InspectionsTable inspections, Hints hints, ReadSituation readSituation)
{
    public async Task<Outcome<InspectionWithDrafts>> RunAsync(InspectionId id, InspectionForm form, string? expectedETag, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        if (await inspections.FindAsync(id, stop) is not { } row)
        {
            return Refusal.NotFound($"There is no inspection {id}.");
        }

        if (expectedETag is not null && expectedETag != row.ETag.ToString())
        {
            return Refusal.Stale("Someone else has changed this inspection since you opened it. Look at it again, then make your change.");
        }

        var before = await inspections.RecommendationsAsync(id, stop);
        var draft = row.Value.Stage is InspectionStage.Draft or InspectionStage.Scheduled;
        if (!draft && (form.Recommendations is not null || form.PublishedOn is not null || form.Area is not null))
        {
            return Refusal.Conflict("This inspection has been issued: its area, publication date and recommendations are fixed. Extend, reassign, close or reopen a recommendation instead.");
        }

        var filled = Fill(form, row.Value, before.Select(r => r.Value));
        if (filled.Read(situation.Directory, situation.Calendar, situation.Today, situation.Now).IsRefused(out var refusal, out var read))
        {
            return refusal;
        }

        var after = row.Value with
        {
            Title = read.Inspection.Title,
            Area = read.Inspection.Area,
            Programme = read.Inspection.Programme,
            PublishedOn = read.Inspection.PublishedOn,
            ReportUrl = read.Inspection.ReportUrl,
            LeadInspector = read.Inspection.LeadInspector,
        };
        if (await TitleIsTakenAsync(after, stop))
        {
            return Refusal.Conflict($"Another inspection has the title “{after.Title}” and the same publication date. Give this one another title.", "title");
        }

        await inspections.PointToAsync(after, stop);
        if (after.Stage == InspectionStage.Scheduled)
        {
            await hints.RememberIssueAsync(after.PublishedOn, after.Id, stop);
        }

        var drafts = form.Recommendations is null ? [.. before.Select(r => r.Value)] : read.Drafts;
        var saved = await inspections.ReplaceDraftsAsync(row, after, form.Recommendations is null ? [] : before, form.Recommendations is null ? [] : read.Drafts, stop);
        return saved
            ? new InspectionWithDrafts(after, drafts)
            : Refusal.Stale("Someone else has changed this inspection since you opened it. Look at it again, then make your change.");
    }

    private async Task<bool> TitleIsTakenAsync(Inspection after, CancellationToken stop) =>
        await inspections.FindByTitleAsync(after.Title, after.PublishedOn, stop) is { } other && other != after.Id
        && await inspections.FindAsync(other, stop) is { Value: var found } && InspectionsTable.AreTheSame(found, after);

    private static InspectionForm Fill(InspectionForm form, Inspection present, IEnumerable<DraftRecommendation> drafts) => new()
    {
        Title = form.Title ?? present.Title,
        Area = form.Area ?? present.Area,
        Programme = form.Programme ?? present.Programme,
        PublishedOn = form.PublishedOn ?? present.PublishedOn,
        ReportUrl = form.ReportUrl ?? present.ReportUrl,
        LeadInspector = form.LeadInspector ?? new PersonForm(present.LeadInspector.Name, present.LeadInspector.Email.ToString()),
        Recommendations = form.Recommendations ?? [.. drafts.Select(d => new RecommendationForm { OrganisationId = d.OrganisationId.ToString(), Text = d.Text, Theme = d.Theme, ResponseDueOn = d.ResponseDueOn })],
    };
}
