using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation;

/// <summary>The service's promise, checked at every email that leaves and once more at the end.</summary>
internal sealed class Promise(SimWorld world)
{
    private static readonly string[] Chasing = ["notice", "reminder", "overdue", "escalation"];
    private static readonly TimeSpan ClaimsLast = TimeSpan.FromMinutes(2);
    private readonly Dictionary<(string To, OrganisationId Of, DateOnly On), HashSet<string>> ofTheDay = [];
    private readonly Dictionary<string, int> times = [];
    private readonly Dictionary<(RecommendationId Id, DateOnly Opened, AskKind Kind), (DateOnly? Told, DateOnly? Warned)> asks = [];

    public List<string> Broken { get; } = [];

    /// <summary>Emails that SendGrid took although it had one with the same id, or its predecessor, already.</summary>
    public int Twice { get; private set; }

    public int ChasingEmails { get; private set; }

    public void Check(Taken email)
    {
        if (world.Tables["Messages"].Find(Mid.DayOf(email.Mid), "p|" + email.Mid) is not { } hint
            || world.Tables["Register"].Find(hint.GetString("organisation"), hint.GetString("row")) is not { } entity)
        {
            Broken.Add($"{email.At:u}: {email.Mid} left without a row.");
            return;
        }

        var message = Document.Read<Message>(entity).Value;
        times[email.Mid] = times.GetValueOrDefault(email.Mid) + 1;
        Twice += times[email.Mid] > 1 || message.Repeats ? 1 : 0;
        var chases = Chasing.Contains(email.Category);
        ChasingEmails += chases ? 1 : 0;
        if (chases)
        {
            CheckQuiet(email);
            CheckOneADay(email, message);
        }

        foreach (var item in message.Items)
        {
            CheckItem(email, message, item, chases);
        }
    }

    /// <summary>After a calm time: nothing is due, nothing waits, nothing was passed over.</summary>
    public void CheckTheEnd(Situation situation)
    {
        var accepted = AcceptedSteps();
        foreach (var entity in world.Tables["Register"].All)
        {
            if (entity.RowKey.StartsWith("rec|", StringComparison.Ordinal))
            {
                var state = Document.Read<Recommendation>(entity).Value;
                CheckNothingDue(state, situation);
                CheckNothingPassedOver(state, accepted);
            }
            else if (entity.RowKey.StartsWith("msg|", StringComparison.Ordinal) && Document.Read<Message>(entity).Value is { IsSettled: false } waiting && waiting.On <= situation.Today)
            {
                Broken.Add($"{waiting.Mid} of {waiting.On} is still {waiting.Status}.");
            }
        }

        if (Twice > world.Faults.Losses + world.SendGrid.Cut)
        {
            Broken.Add($"{Twice} emails went twice, and only {world.Faults.Losses} crashes and {world.SendGrid.Cut} lost answers can explain it.");
        }
    }

    private void CheckQuiet(Taken email)
    {
        var london = email.At.InLondon();
        if (!WorkingCalendar.Published.IsWorkingDay(DateOnly.FromDateTime(london.DateTime)) || london.Hour is < 8 or >= 18)
        {
            Broken.Add($"{london:u}: {email.Category} outside the hours.");
        }
    }

    private void CheckOneADay(Taken email, Message message)
    {
        var key = (email.To, message.OrganisationId, email.At.LondonDate());
        var mids = ofTheDay.TryGetValue(key, out var known) ? known : ofTheDay[key] = [];
        mids.Add(email.Mid);
        if (mids.Count > 1)
        {
            Broken.Add($"{email.At:u}: {mids.Count} chasing emails to {email.To} about {message.OrganisationId} on one day.");
        }
    }

    private void CheckItem(Taken email, Message message, MessageItem item, bool chases)
    {
        var state = Document.Read<Recommendation>(world.Tables["Register"].Find(message.OrganisationId.ToString(), RegisterTable.StateKey(item.Recommendation))!).Value;
        var ask = state.Ask;
        if (ask.Version != item.AskVersion)
        {
            // It has changed while the email was on its way out; the claim is used for a minute at most.
            return;
        }

        var key = (item.Recommendation, ask.OpenedOn, ask.Kind);
        var (told, warned) = asks.GetValueOrDefault(key);
        var today = email.At.LondonDate();
        var step = Ladder.Default.Find(item.Step);
        if (chases && told is null && step is { IsNotice: false } && !state.Ask.Ladder.Awaits.HasValue && !OpenedByLetter(ask))
        {
            Broken.Add($"{email.At:u}: “{step.Name}” was the first email about {key}.");
        }

        if (step?.Offset > 0 && (warned is not { } since || today < WorkingCalendar.Published.Add(since, LadderRule.FairWorkingDays)) && !GaveUpOn(state))
        {
            Broken.Add($"{email.At:u}: “{step.Name}” about {key} to {email.To} without fair warning ({warned}).");
        }

        if (step is { IsUpward: true } && ask.IsUpwardHeldOn(today) && email.At - HeldAt(state) > ClaimsLast)
        {
            Broken.Add($"{email.At:u}: “{step.Name}” about {key} to {email.To} while staff hold it.");
        }

        var own = message.Recipient.Relation == Relation.Own;
        var warns = own && (step is { IsNotice: true } or { IsReminder: true } || step is null && message.Kind is MessageKind.Change or MessageKind.Decision);
        asks[key] = (told ?? today, warned ?? (warns ? today : null));
    }

    private DateTimeOffset HeldAt(Recommendation state) => world.Tables["Register"].All
        .Where(e => e.PartitionKey == state.OrganisationId.ToString() && e.RowKey.StartsWith($"evt|{state.Id.Inspection}|{state.Id.Number.Padded}|", StringComparison.Ordinal))
        .Select(e => Document.Read<RecordedEvent>(e).Value)
        .Last(e => e.Type == EventTypes.UpwardHeld).At;

    private static bool OpenedByLetter(Ask ask) => ask.Ladder.DecidedAt is not null && ask.Version > 1;

    private bool GaveUpOn(Recommendation state) => state.Ask.Ladder.FirstAcceptedOn is not null && asks.Keys.All(k => k.Id != state.Id || k.Opened != state.Ask.OpenedOn);

    private void CheckNothingDue(Recommendation state, Situation situation)
    {
        if (state.Move is { Arrived: true } || situation.Directory.Find(state.OrganisationId)!.HasEndedOn(situation.Today))
        {
            return;
        }

        var decision = LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar);
        if (state.Move is not null || decision.Due is not null)
        {
            Broken.Add($"{state.Id} is due for “{decision.Due?.Name}” (due {state.Ask.DueOn}), moving: {state.Move is not null}.");
        }

        if (state.Ask.IsOpen && state.Ask.Ladder.Awaits is { } awaits && !HasTask(state.OrganisationId))
        {
            Broken.Add($"{state.Id}: step {awaits} reached nobody, and nobody was told.");
        }
    }

    /// <summary>Every notice and every overdue step that the record shows before the last one was accepted by somebody, or staff have a task.</summary>
    private void CheckNothingPassedOver(Recommendation state, HashSet<(OrganisationId, RecommendationId, int, int?)> accepted)
    {
        var version = state.Ask.Version;
        var steps = Ladder.Default.Steps.Where(s => s.Offset > 0 && s.Number < state.Ask.Ladder.LastStep && state.Ask.IsOpen && state.Move is null);
        foreach (var step in steps)
        {
            if (!accepted.Contains((state.OrganisationId, state.Id, version, step.Number)) && !HasTask(state.OrganisationId))
            {
                Broken.Add($"{state.Id}: “{step.Name}” was passed over.");
            }
        }
    }

    private HashSet<(OrganisationId, RecommendationId, int, int?)> AcceptedSteps() => world.Tables["Register"].All
        .Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal))
        .Select(e => Document.Read<Message>(e).Value)
        .Where(m => m.Attempts > 0)
        .SelectMany(m => m.Items.Select(i => (m.OrganisationId, i.Recommendation, i.AskVersion, i.Step)))
        .ToHashSet();

    private bool HasTask(OrganisationId organisation) =>
        world.Tables["Register"].All.Any(e => e.PartitionKey == organisation.ToString() && e.RowKey.StartsWith("tsk|", StringComparison.Ordinal));
}
