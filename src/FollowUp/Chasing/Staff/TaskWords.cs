using System.Security.Claims;
using FollowUp.Access;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What to do about a task, one click away.</summary>
internal static class TaskWords
{
    /// <summary>Where the task can be dealt with, by somebody with these roles.</summary>
    public static (string Href, string Words) Remedy(StaffTask task, ClaimsPrincipal user) => task switch
    {
        { Kind: TaskKind.EmailFailed or TaskKind.AddressSuspended, Mid: not null } when user.May("POST", "staff/tasks/send-again") =>
            ($"/staff/tasks/send-again?organisation={task.OrganisationId}&key={Uri.EscapeDataString(task.Key)}", "Send it again, to the same address or another"),
        { Kind: TaskKind.NoContact or TaskKind.AddressSuspended } when user.May("POST", "staff/organisations/{id}/edit") => ($"/staff/organisations/{task.OrganisationId}/edit", "Change the contacts"),
        { Kind: TaskKind.SendingHeld } => user.May("POST", "staff/sending/release") ? ("/staff/sending/release", "Release chasing emails for the day") : ("/staff/sending", "See sending"),
        { Kind: TaskKind.UnreadableRow } => ("/staff/jobs", "See the rows that cannot be read"),
        { Kind: TaskKind.ScanSilent } => ("/staff/jobs", "See the virus scan"),
        { Kind: TaskKind.EmailsUnconfirmed, Mid: { } unconfirmed } => ($"/staff/messages/{unconfirmed}", "See the email"),
        { Kind: TaskKind.InspectionNotIssued, Subject: { } inspection } => ($"/staff/inspections/{inspection}", "See the inspection"),
        { Kind: TaskKind.HolidaysRunOut } => ("/staff/holidays", "Add bank holidays"),
        { Kind: TaskKind.OrganisationEnded, Recommendation: null } => ($"/staff/recommendations?organisation={task.OrganisationId}", "See its recommendations"),
        { Kind: TaskKind.ContactNamed, Subject: { } named } => ($"/staff/organisations/{task.OrganisationId}/named/{named}", "See who was named"),
        { Recommendation: { } recommendation } => ($"/staff/recommendations/{recommendation}", "Open the recommendation"),
        { OrganisationId.IsStaff: true } => ("/staff", "Open FollowUp"),
        _ => ($"/staff/organisations/{task.OrganisationId}", "Open the organisation"),
    };
}
