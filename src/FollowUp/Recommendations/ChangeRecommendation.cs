using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Carries out a command on one recommendation: reads the state, asks the rule, and writes state, events, letters and
/// the trace of the command in one transaction. A crash before it leaves hints that lead nowhere; after it, letters
/// that the next run of the chase rings for again.
/// </summary>
internal sealed class ChangeRecommendation(InspectionsTable inspections, RegisterTable register, Hints hints, MessageHints messageHints, ReadSituation readSituation, TasksTable tasks, EmailBell bell)
{
    private const int Tries = 5;
    private static readonly TimeSpan RepeatsCountFor = TimeSpan.FromHours(24);

    public Task<Outcome<Recommendation>> RunAsync(RecommendationId id, Command command, Func<Recommendation, Situation, Outcome<Change>> rule, CancellationToken stop) =>
        RunAsync(id, command, (state, situation) => Task.FromResult(rule(state, situation)), stop);

    /// <param name="rule">Reads what else it needs and decides; asked again when somebody else was faster.</param>
    public async Task<Outcome<Recommendation>> RunAsync(
        RecommendationId id, Command command, Func<Recommendation, Situation, Task<Outcome<Change>>> rule, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var situation = await readSituation.RunAsync(stop);
            if (await FindAsync(id, stop) is not { } row)
            {
                return Refusal.NotFound($"There is no issued recommendation {id}.");
            }

            if (row.Value.Move is not null)
            {
                return Refusal.Conflict("This recommendation is going to another organisation just now. Try again in a moment.");
            }

            // Else whoever must be told of it would not be
            situation.Directory.RequireReadable(row.Value.OrganisationId);
            var earlier = command.RepeatKey is { } key ? await register.FindSubmissionAsync(row.Value.OrganisationId, key, stop) : null;
            if (earlier is not null && situation.Now - earlier.Value.At < RepeatsCountFor)
            {
                return row.Value;
            }

            if (command.ExpectedVersion is { } seen && seen != row.Value.Version)
            {
                return Refusal.Stale("Someone else has changed this recommendation since you opened it. What you see now is its present state: check it, then try again.");
            }

            if ((await rule(row.Value, situation)).IsRefused(out var refusal, out var change))
            {
                return refusal;
            }

            if (await WriteAsync(row, change, command, earlier, situation, stop) is { } written)
            {
                return written;
            }

            if (await HasHappenedAsync(row.Value, command, stop))
            {
                return (await FindAsync(id, stop))!.Value;
            }
        }

        return Refusal.Conflict("Others are changing this recommendation just now. Try again in a moment.");
    }

    /// <summary>Does what the service itself owes a recommendation, unless that has moved on meanwhile.</summary>
    /// <param name="id">The recommendation.</param>
    /// <param name="decide">What is to be written; null where it has moved on.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="InvalidOperationException">It is owed and could not be written.</exception>
    public async Task DoOwedAsync(RecommendationId id, Func<Recommendation, Situation, Outcome<Change>?> decide, CancellationToken stop)
    {
        var isOwed = true;
        var done = await RunAsync(
            id,
            Command.By(Actor.Service),
            (state, situation) =>
            {
                var change = decide(state, situation);
                isOwed = change is not null;
                return change ?? Refusal.Conflict("It has moved on meanwhile.");
            },
            stop);
        if (isOwed)
        {
            done.Demand();
        }
    }

    private async Task<Row<Recommendation>?> FindAsync(RecommendationId id, CancellationToken stop) =>
        await inspections.FindRecommendationAsync(id, stop) is { } map ? await register.FindAsync(map.Value.OrganisationId, id, stop) : null;

    private async Task<Recommendation?> WriteAsync(
        Row<Recommendation> row, Change change, Command command, Row<Submission>? earlier, Situation situation, CancellationToken stop)
    {
        change = OpenedAtEnded.Decide(change with { State = WithNotice(change.State, situation) }, row.Value, situation);
        var (after, events) = Record.Append(change.State with { Version = row.Value.Version + (command.Actor.Kind == ActorKind.System ? 0 : 1) }, change.Events, command.Actor, command.OpId, situation.Now);
        var messages = Write(after, change.Letters, situation);
        await RememberAsync(after, messages, situation, stop);

        var egt = RegisterTable.Change(after.OrganisationId).Replace(row, after);
        foreach (var recorded in events)
        {
            egt.Insert(RegisterTable.EventKey(after.Id, recorded.Seq), recorded);
        }

        foreach (var (key, message) in messages)
        {
            egt.Insert(key, message);
        }

        if (change.Task is { } task)
        {
            await tasks.ListAsync(task, stop);
            egt.Insert(TasksTable.RowKey(task.Key), task);
        }

        change.Also?.Invoke(egt);
        Trace(egt, command, earlier, situation.Now);
        if (!await register.CommitAsync(egt, stop))
        {
            return null;
        }

        await bell.RingAsync(messages.Select(m => new MessagePlace(m.Message.Mid, after.OrganisationId, m.Key)), stop);
        if (row.Value.Ask is { IsOpen: true, Ladder.Rests: true } rested && !(after.Ask is { IsOpen: true, Ladder.Rests: true } && after.Ask.Version == rested.Version))
        {
            // If this process ends before, the sweep does it
            await tasks.FinishAsync(after.OrganisationId, StaffTask.RestsKey(after.Id, rested.Version), situation.Now, Actor.Service.Name, stop);
        }

        return after;
    }

    /// <summary>Where nobody can be told by letter that an ask has opened, the ladder's own notice does it.</summary>
    internal static Recommendation WithNotice(Recommendation state, Situation situation) =>
        state is { Move: null, Ask: { IsOpen: true, Ladder.Awaits: 0 } ask } && ask.OpenedOn == situation.Today && ask.Ladder.DecidedAt == situation.Now
        && !MainContacts(state.OrganisationId, situation).Any()
            ? state with { Ask = LadderMoves.CalledBack(situation.Ladder, ask, situation.Calendar) }
            : state;

    private static void Trace(Egt egt, Command command, Row<Submission>? earlier, DateTimeOffset now)
    {
        if (command.RepeatKey is not { } key)
        {
            return;
        }

        var trace = new Submission(command.OpId, now);
        if (earlier is null)
        {
            egt.Insert(RegisterTable.SubmissionKey(key), trace);
        }
        else
        {
            egt.Replace(earlier, trace);
        }
    }

    internal static List<(string Key, Message Message)> Write(Recommendation after, IReadOnlyList<LetterToSend> letters, Situation situation)
    {
        var messages = new List<(string, Message)>();
        foreach (var letter in letters)
        {
            foreach (var recipient in letter.To ?? [.. MainContacts(after.OrganisationId, situation).Concat(Promised(letter.For, after.OrganisationId, situation)).DistinctBy(r => r.Email)])
            {
                var message = Message.New(situation.Today, after.OrganisationId, letter.Kind, recipient, [new MessageItem(after.Id, after.Ask.Version)], situation.Now);
                messages.Add((RegisterTable.LetterKey(after.Id, after.LastEvent, recipient, situation.Today), message with { Letter = letter.Letter }));
            }
        }

        return messages;
    }

    private static IEnumerable<Recipient> MainContacts(OrganisationId organisation, Situation situation) =>
        from contact in situation.Directory.Find(organisation)?.ContactsOn(situation.Today, ContactRole.Main) ?? []
        select new Recipient(contact.Name, contact.Email, Relation.Own, contact.Role, organisation);

    private static IEnumerable<Recipient> Promised(IEnumerable<Answerer>? whom, OrganisationId organisation, Situation situation) =>
        from one in whom ?? []
        from own in situation.Directory.Find(organisation) is { } found ? situation.Directory.Above(found).Prepend(found) : []
        from contact in own.ContactsOn(situation.Today, ContactRole.Main, ContactRole.Second, ContactRole.Director)
        where contact.Email.ToString().Equals(one.LinkSentTo, StringComparison.OrdinalIgnoreCase)
        select new Recipient(contact.Name, contact.Email, own.Id == organisation ? Relation.Own : Relation.Upward, contact.Role, own.Id);

    private async Task RememberAsync(Recommendation after, List<(string Key, Message Message)> messages, Situation situation, CancellationToken stop)
    {
        await hints.ListAsync(after, stop);
        if (after.Move is not null)
        {
            // So that the chase carries it on if this process does not.
            await hints.RememberAsync(situation.Today, after.OrganisationId, after.Id, stop);
        }

        if (LadderRule.NextOn(situation.Ladder, after.Ask, situation.Calendar) is { } next)
        {
            await hints.RememberAsync(next, after.OrganisationId, after.Id, stop);
        }

        await messageHints.LeadToAsync([.. messages.Select(m => new MessagePlace(m.Message.Mid, after.OrganisationId, m.Key))], stop);
    }

    private async Task<bool> HasHappenedAsync(Recommendation before, Command command, CancellationToken stop) =>
        (await register.EventsAsync(before.OrganisationId, before.Id, before.LastEvent, stop)).Any(e => e.OpId == command.OpId);
}

/// <summary>Puts events into the record of a recommendation.</summary>
internal static class Record
{
    public static (Recommendation State, IReadOnlyList<RecordedEvent> Events) Append(
        Recommendation state, IReadOnlyList<NewEvent> events, Actor actor, string opId, DateTimeOffset at)
    {
        var recorded = new List<RecordedEvent>();
        foreach (var what in events)
        {
            recorded.Add(RecordedEvent.Next(state.LastEvent + 1, state.LastHash, what, actor, opId, at));
            state = state with { LastEvent = recorded[^1].Seq, LastHash = recorded[^1].Hash };
        }

        return (state, recorded);
    }
}
