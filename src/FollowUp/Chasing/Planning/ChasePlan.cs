using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>A recommendation whose step is decided: the row as read, the state after, and what to record.</summary>
internal sealed record PlannedStep(Row<Recommendation> Row, Recommendation After, IReadOnlyList<NewEvent> Events, LadderStep Step, Audience Audience);

/// <summary>What is to be done about one organisation today.</summary>
/// <param name="Steps">The steps taken.</param>
/// <param name="Messages">The messages, by key: one to each person.</param>
/// <param name="Held">Steps that are due and wait, with the reason.</param>
/// <param name="OwnMissing">Whether the organisation has nobody to write to, so that staff must find a contact: also while what would go up instead is held.</param>
internal sealed record ChasePlan(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<(string Key, Message Message)> Messages, IReadOnlyList<(RecommendationId Id, string Why)> Held, bool OwnMissing)
{
    /// <summary>Why a step waits that is due.</summary>
    public const string DayIsClosed = "Somebody it goes to has had today’s message about this organisation; it goes with the next working day’s.";

    /// <summary>Why a step waits that goes up.</summary>
    public const string LineIsHidden = "It goes up, and the row of an organisation above cannot be read, so nobody knows to whom.";

    /// <summary>Decides the steps that are due and writes them into one message per person.</summary>
    /// <param name="today">The messages of today that exist already, by key: a pending one takes more items, any other closes the day for its recipient, as does one that cannot be read.</param>
    public static ChasePlan Make(
        Organisation organisation,
        IReadOnlyList<(Row<Recommendation> Row, Person LeadInspector)> states,
        KeyedMessages today,
        Situation situation,
        SuspendedAddresses suspended,
        Person mailbox)
    {
        var steps = new List<PlannedStep>();
        var held = new List<(RecommendationId, string)>();
        var ownMissing = false;
        foreach (var (row, leadInspector) in states)
        {
            var decision = LadderRule.Decide(situation.Ladder, row.Value.Ask, situation.Today, situation.Calendar);
            if (decision.Waits is { } why)
            {
                held.Add((row.Value.Id, why));
            }

            if (decision.Due is not { } step)
            {
                continue;
            }

            var audience = Audience.Of(step, organisation, situation.Directory, leadInspector, mailbox, suspended, situation.Today);
            ownMissing |= audience.OwnMissing;
            if (audience.Hidden)
            {
                held.Add((row.Value.Id, LineIsHidden));
                continue;
            }

            if (row.Value.Ask.IsUpwardHeldOn(situation.Today) && audience.Recipients.All(step.IsUpwardTo))
            {
                held.Add((row.Value.Id, $"It would go up, as nobody else can be reached, and staff hold that back up to {row.Value.Ask.Ladder.UpwardHeldUntil!.Value.InWords()}."));
                continue;
            }

            if (audience.Recipients.Any(r => !today.Take(RegisterTable.ChasingKey(r, situation.Today))))
            {
                held.Add((row.Value.Id, DayIsClosed));
                continue;
            }

            steps.Add(Take(row, step, decision.Skipped, audience, situation));
        }

        return new ChasePlan(steps, Write(organisation, steps, today, situation), held, ownMissing);
    }

    private static PlannedStep Take(Row<Recommendation> row, LadderStep step, IReadOnlyList<SkippedStep> skipped, Audience audience, Situation situation)
    {
        var ask = LadderMoves.Taken(situation.Ladder, row.Value.Ask, step, situation.Today, situation.Now);
        var events = new List<NewEvent>(skipped.Select(s => s.Event))
        {
            new(
                EventTypes.StepPlanned,
                new { step = step.Number, name = step.Name, kind = step.Kind, dueOn = ask.DueOn, recipients = audience.Recipients.Count },
                new { recipients = audience.Recipients.Select(r => new { r.Name, r.Email, r.Relation, r.Role }) }),
        };
        if (ask.Ladder.Rests)
        {
            events.Add(new NewEvent(EventTypes.LadderEnded, new { afterStep = step.Number }));
        }

        return new PlannedStep(row, row.Value with { Ask = ask }, events, step, audience);
    }

    private static List<(string Key, Message Message)> Write(Organisation organisation, List<PlannedStep> steps, KeyedMessages today, Situation situation)
    {
        var byRecipient =
            from step in steps
            from recipient in step.Audience.Recipients
            group (step, recipient) by recipient.Email;
        var messages = new List<(string, Message)>();
        foreach (var digest in byRecipient)
        {
            var recipient = digest.Select(d => d.recipient).MinBy(r => r.Relation)!;
            var key = RegisterTable.ChasingKey(recipient, situation.Today);
            var items = digest.Select(d => new MessageItem(d.step.After.Id, d.step.After.Ask.Version, d.step.Step.Number)).ToList();
            var kind = digest.Max(d => d.step.Step.Kind);
            messages.Add((key, today.Find(key) is { } present
                ? Join(present.Value, items, kind)
                : Message.New(situation.Today, organisation.Id, kind, recipient, items, situation.Now)));
        }

        return messages;
    }

    /// <summary>A message with more items; a later step of the same recommendation takes the place of an earlier one.</summary>
    public static Message Join(Message message, IReadOnlyList<MessageItem> more, MessageKind kind) => message with
    {
        Items = [.. message.Items.Where(i => more.All(m => m.Recommendation != i.Recommendation)), .. more],
        Kind = kind > message.Kind ? kind : message.Kind,
    };
}
