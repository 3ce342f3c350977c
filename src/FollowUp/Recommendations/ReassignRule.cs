using FollowUp.Deadlines;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>Giving a recommendation to another organisation: its ask ends here, and a new one begins there.</summary>
internal static class ReassignRule
{
    private const int LongestReason = 1000;

    /// <summary>Sets it on its way.</summary>
    public static Outcome<Change> Reassign(Recommendation state, Situation situation, string? organisationId, string? reason, DateOnly? dueOn, Command command)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "the reason for giving it to another organisation: both read it", LongestReason);
        var target = OrganisationId.TryParse(organisationId?.Trim(), null, out var id) ? situation.Directory.Find(id) : null;
        problems.AddWhen(string.IsNullOrWhiteSpace(organisationId), "organisationId", "Choose the organisation that takes it over");
        problems.AddWhen(!string.IsNullOrWhiteSpace(organisationId) && target is null, "organisationId", $"There is no organisation “{organisationId}”: choose one from the directory, or add it first");
        problems.AddWhen(target?.Id == state.OrganisationId, "organisationId", $"{target?.Name} is responsible for it already: choose another organisation");
        problems.AddWhen(target?.HasEndedOn(situation.Today) == true, "organisationId", $"{target?.Name} ended on {target?.Until?.InWords()}: choose another organisation");
        problems.AddWhen(
            target?.HasEndedOn(situation.Today) == false && !target.ContactsOn(situation.Today, ContactRole.Main).Any(),
            "organisationId",
            $"{target?.Name} has no valid main contact: add one to the organisation first");
        problems.AddWhen(dueOn <= situation.Today, "dueOn", $"The deadline must be after today, {situation.Today.InWords()}");
        problems.AddWhen(dueOn > situation.Today.AddYears(2), "dueOn", "The deadline must be within two years");
        if (state.Status == RecommendationStatus.Closed)
        {
            return Refusal.Conflict($"Recommendation {state.Id} is closed: open it again before you give it to another organisation.");
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var due = dueOn ?? situation.Calendar.Add(situation.Today, DeadlineRule.ResponseWorkingDays);
        return new Change(
            state with
            {
                Move = new Move(target!.Id, due, why, command.Actor, command.OpId, Arrived: false, command.RepeatKey),
                Ask = state.Ask with { ClosedOn = state.Ask.ClosedOn ?? situation.Today, PausedOn = null, PausedUntil = null },
                TimeRequest = null,
            },
            [new NewEvent(EventTypes.Reassigned, new { from = state.OrganisationId, to = target.Id, reason = why, dueOn = due })],
            [new LetterToSend(MessageKind.Change, Letters.Of(new Letters.TakenOver(state.Id, state.Text, target.Name, why)), For: state.TimeRequest?.Askers)]);
    }

    /// <summary>The state at the new place, with an ask whose notice is the letter about the move.</summary>
    public static Recommendation Arrived(Recommendation departed, Situation situation) => departed with
    {
        OrganisationId = departed.Move!.To,
        Status = RecommendationStatus.AwaitingResponse,
        Answer = null,
        Updates = [],
        Review = null,
        Move = null,
        Ask = new Ask
        {
            Kind = AskKind.Response,
            Version = departed.Ask.Version + 1,
            OpenedAs = departed.Ask.Version + 1,
            OpenedOn = situation.Today,
            DueOn = departed.Move.DueOn,
            OriginalDueOn = departed.Move.DueOn,
            Ladder = new LadderPosition { LastStep = 0, DecidedAt = situation.Now, StepsAfter = situation.Today, Awaits = 0 },
        },
    };
}
