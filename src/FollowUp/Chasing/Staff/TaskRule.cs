using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What is known of the things that a task may be about.</summary>
/// <param name="Organisation">The organisation that it is about; null for staff's own.</param>
/// <param name="States">All the organisation's recommendations.</param>
/// <param name="Directory">All organisations with their contacts.</param>
/// <param name="Suspended">The addresses that nothing goes to.</param>
/// <param name="Email">The email that gave cause to it; null when there is none, or it is not known any more.</param>
/// <param name="Today">The day.</param>
internal sealed record TaskFacts(
    Organisation? Organisation, IReadOnlyDictionary<RecommendationId, Recommendation> States, OrganisationDirectory Directory, SuspendedAddresses Suspended, Message? Email, DateOnly Today);

/// <summary>Which tasks have come to nothing, since what gave cause to them is gone.</summary>
internal static class TaskRule
{
    public static bool IsOver(StaffTask task, TaskFacts facts) => task.Kind switch
    {
        TaskKind.SendingHeld => task.DayOf() < facts.Today,
        TaskKind.AddressSuspended => facts.Email is { } email && !IsStillWritten(email.Recipient, facts),
        TaskKind.EmailFailed => facts.Email is { } email && (HasGone(task, email) || email is { IsChasing: true, Items.Count: > 0 } && !email.Items.Any(item => Owes(item.Recommendation, facts))),
        TaskKind.OrganisationEnded when task.Recommendation is { } id => facts.Organisation is null || !Owes(id, facts) || !OpenedAtEnded.Is(facts.States[id], facts.Organisation, facts.Today) || task.Key != OpenedAtEnded.Key(facts.States[id], facts.Organisation),
        TaskKind.OrganisationEnded => facts.Organisation?.HasEndedOn(facts.Today) == false || !facts.States.Keys.Any(id => Owes(id, facts)),
        TaskKind.LadderEnded => task.Recommendation is { } id && !(Owes(id, facts) && facts.States[id].Ask is var ask && ask.Ladder.Rests && task.Key == StaffTask.RestsKey(id, ask.Version)),
        TaskKind.NoContact => facts.Organisation?.ContactsOn(facts.Today, ContactRole.Main, ContactRole.Second, ContactRole.Director).Any(c => !facts.Suspended.Contains(c.Email)) == true,
        _ => false,
    };

    /// <summary>Whether anybody is still to be reached at an address that is suspended.</summary>
    private static bool IsStillWritten(Recipient whose, TaskFacts facts) =>
        facts.Suspended.Contains(whose.Email)
        && (whose.Relation == Relation.Staff || facts.Directory.All.Any(o => o.Contacts.Any(c => c.Email == whose.Email && c.IsValidOn(facts.Today))));

    /// <summary>Whether an email that waited has gone, or is not to go any more. One that was withdrawn goes on in another.</summary>
    private static bool HasGone(StaffTask task, Message email) => Tasks.IsUnsent(task) && email is { IsSettled: true, Status: not MessageStatus.Withdrawn };

    private static bool Owes(RecommendationId id, TaskFacts facts) => facts.States.TryGetValue(id, out var state) && state is { Move: null, Ask.IsOpen: true };

    private static DateOnly? DayOf(this StaffTask task) =>
        task.Key.Split('|') is [_, var day, ..] ? Words.ReadIso(day) : null;
}
