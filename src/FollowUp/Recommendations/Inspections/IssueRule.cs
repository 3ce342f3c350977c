using FollowUp.Deadlines;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>What issuing needs, and what it makes of a draft.</summary>
internal static class IssueRule
{
    /// <summary>Why the drafts cannot be issued on a day; null when they can.</summary>
    public static Refusal? WhyNot(IReadOnlyList<DraftRecommendation> drafts, OrganisationDirectory directory, DateOnly on)
    {
        var problems = new Problems();
        foreach (var draft in drafts)
        {
            var field = $"recommendations.{draft.Number}";
            var organisation = directory.Find(draft.OrganisationId);
            problems.AddWhen(organisation is null, field, $"Recommendation {draft.Number}: {(directory.IsUnreadable(draft.OrganisationId) ? $"the row of the organisation “{draft.OrganisationId}” cannot be read: have it looked at first" : $"there is no organisation “{draft.OrganisationId}”")}");
            problems.AddWhen(organisation?.HasEndedOn(on) == true, field, $"Recommendation {draft.Number}: {organisation?.Name} ended on {organisation?.Until?.InWords()}. Choose {SuccessorOf(organisation, directory)} instead");
            problems.AddWhen(
                organisation?.HasEndedOn(on) == false && !organisation.ContactsOn(on, ContactRole.Main).Any(),
                field,
                $"Recommendation {draft.Number}: {organisation?.Name} has no valid main contact. Add one to the organisation, then issue again");
        }

        return problems.Any ? problems.Refusal : null;
    }

    /// <summary>The deadline of a draft's response when it is issued on a day.</summary>
    public static DateOnly DueOn(DraftRecommendation draft, Inspection inspection, DateOnly issuedOn, Situation situation) =>
        draft.ResponseDueOn is { } given && given > issuedOn ? given : DeadlineRule.ForResponse(situation.Calendar, inspection.PublishedOn, issuedOn, situation.Deadlines.For(inspection.Programme));

    /// <summary>The state of a recommendation on the day of its issue, without its record.</summary>
    public static Recommendation Issued(Inspection inspection, DraftRecommendation draft, DateOnly issuedOn, Situation situation)
    {
        var dueOn = DueOn(draft, inspection, issuedOn, situation);
        return new Recommendation
        {
            Id = new RecommendationId(inspection.Id, draft.Number),
            OrganisationId = draft.OrganisationId,
            Text = draft.Text,
            Theme = draft.Theme,
            Status = RecommendationStatus.AwaitingResponse,
            PublishedOn = inspection.PublishedOn,
            IssuedOn = issuedOn,
            Ask = new Ask { Kind = AskKind.Response, OpenedOn = issuedOn, DueOn = dueOn, OriginalDueOn = dueOn },
        };
    }

    private static string SuccessorOf(Organisation? ended, OrganisationDirectory directory) =>
        directory.Find(ended?.Successor)?.Name ?? "another organisation";
}
