using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Whose of the inspectorate a task is, beside the mailbox's.</summary>
internal static class LeadsRule
{
    /// <summary>The inspection that it is about; null when it is about an organisation as a whole, or about none.</summary>
    public static InspectionId? InspectionOf(StaffTask task) => task switch
    {
        { Recommendation: { } recommendation } => recommendation.Inspection,
        { Kind: TaskKind.InspectionNotIssued, Subject: { } subject } when InspectionId.TryParse(subject, null, out var inspection) => inspection,
        _ => null,
    };

    /// <summary>Those whose inspections the organisation still owes something on: a contact who cannot be reached keeps them waiting.</summary>
    public static IReadOnlyList<Person?> Of(StaffTask task, IEnumerable<(OrganisationId Of, Person Lead)> leads) =>
        task.Kind == TaskKind.UnreadableRow ? [] : [.. leads.Where(l => l.Of == task.OrganisationId).Select(l => l.Lead).DistinctBy(l => l.Email)];
}
