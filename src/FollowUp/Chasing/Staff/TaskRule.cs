using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Which tasks have come to nothing, since what gave cause to them is gone.</summary>
internal static class TaskRule
{
    /// <param name="task">An open task.</param>
    /// <param name="organisation">The organisation that it is about.</param>
    /// <param name="states">All its recommendations.</param>
    /// <param name="suspended">The addresses that nothing goes to.</param>
    /// <param name="today">The day.</param>
    public static bool IsOver(StaffTask task, Organisation organisation, IReadOnlyDictionary<RecommendationId, Recommendation> states, SuspendedAddresses suspended, DateOnly today) => task.Kind switch
    {
        TaskKind.OrganisationEnded => !organisation.HasEndedOn(today) || !states.Values.Any(Owes),
        TaskKind.LadderEnded => task.Recommendation is { } id && !(states.TryGetValue(id, out var state) && Owes(state) && state.Ask.Ladder.Rests && task.Key == StaffTask.RestsKey(id, state.Ask.Version)),
        TaskKind.NoContact => organisation.ContactsOn(today, ContactRole.Main, ContactRole.Second, ContactRole.Director).Any(c => !suspended.Contains(c.Email)),
        _ => false,
    };

    /// <summary>Whether a task of staff's own is over: a day that was held has passed.</summary>
    public static bool IsOver(StaffTask task, DateOnly today) => task.Kind == TaskKind.SendingHeld && task.DayOf() < today;

    private static bool Owes(Recommendation state) => state is { Move: null, Ask.IsOpen: true };

    private static DateOnly? DayOf(this StaffTask task) =>
        task.Key.Split('|') is [_, var day, ..] ? Words.ReadIso(day) : null;
}
