using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What an email's end means for the asks that it was about.</summary>
internal enum Told
{
    /// <summary>Somebody has it, or an environment that writes to nobody counts it so.</summary>
    Reached,

    /// <summary>Nobody has it and nobody else gets it: the ladder goes on.</summary>
    NotReached,

    /// <summary>Nobody knows whether somebody has it: the next step keeps its distance.</summary>
    Doubted,

    /// <summary>It was not sent for a reason that may pass: its step is decided again then.</summary>
    TakenBack,
}

/// <summary>
/// Tells the asks that an email about them was accepted for delivery, in the transaction that records it. Those that do
/// not fit into it are told before: it may be said twice, since that changes nothing, but it is never left out.
/// </summary>
internal sealed class RecordAcceptance(RegisterTable register, Hints hints)
{
    /// <summary>The other rows are left for the message, and for those that it is passed on to.</summary>
    private const int MostRows = 80;

    /// <param name="egt">The transaction.</param>
    /// <param name="message">The message that was accepted.</param>
    /// <param name="situation">The present situation.</param>
    /// <param name="known">The states as read before, to save reading them again; null or without one, it is read.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="told">What its end means.</param>
    /// <returns>False when somebody has changed one of the asks meanwhile: then the transaction is not to be written, and all is asked again.</returns>
    public async Task<bool> AddAsync(Egt egt, Message message, Situation situation, IReadOnlyList<Row<Recommendation>>? known, CancellationToken stop, Told told = Told.Reached)
    {
        // A new link speaks of what is open without asking for it
        if (message.Kind is MessageKind.Link or MessageKind.Code)
        {
            return true;
        }

        var changed = new List<(Row<Recommendation> Row, Ask Ask)>();
        var onTheirWay = told == Told.NotReached ? await OnTheirWayAsync(message, stop) : new HashSet<MessageItem>();
        await foreach (var (row, item) in AskedAsync(message, known, stop))
        {
            if (!onTheirWay.Contains(item) && AskAfter(row.Value, item, message, situation, told) is var ask && ask != row.Value.Ask)
            {
                changed.Add((row, ask));
            }
        }

        if (told == Told.TakenBack)
        {
            await hints.RememberAsync(changed.Select(c => new AgendaEntry(LadderRule.NextOn(situation.Ladder, c.Ask, situation.Calendar) ?? situation.Today, message.OrganisationId, c.Row.Value.Id.Inspection, c.Row.Value.Id.Number)), stop);
        }

        var parts = EgtParts.Of(changed, MostRows, _ => 1, c => c.Row.Entity).ToList();
        foreach (var part in parts.SkipLast(1))
        {
            if (!await register.CommitAsync(Put(RegisterTable.Change(message.OrganisationId), part), stop))
            {
                return false;
            }
        }

        Put(egt, parts.LastOrDefault([]));
        return true;
    }

    private static Egt Put(Egt egt, IEnumerable<(Row<Recommendation> Row, Ask Ask)> changed) =>
        changed.Aggregate(egt, (into, c) => into.Replace(c.Row, c.Row.Value with { Ask = c.Ask }));

    /// <summary>The asks that the message is about, as they are. One that cannot be read must not keep what became of the email from being recorded.</summary>
    private async IAsyncEnumerable<(Row<Recommendation> Row, MessageItem Item)> AskedAsync(
        Message message, IReadOnlyList<Row<Recommendation>>? known, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var items = message.Items.ToLookup(i => i.Recommendation);
        var unknown = items.Select(i => i.Key).Except(known?.Select(r => r.Value.Id) ?? []);
        var rows = (known ?? []).ToAsyncEnumerable().Concat(register.RowsOfAsync(message.OrganisationId, unknown, stop, []));
        await foreach (var row in rows.WithCancellation(stop))
        {
            foreach (var item in items[row.Value.Id].Where(i => row.Value is { Move: null, Ask.IsOpen: true } && row.Value.Ask.Version == i.AskVersion))
            {
                yield return (row, item);
            }
        }
    }

    /// <summary>What others are still to get: the ladder waits for those.</summary>
    private async Task<IReadOnlySet<MessageItem>> OnTheirWayAsync(Message message, CancellationToken stop) =>
        await register.MessagesAsync(message.OrganisationId, message.On.AddDays(-DeliveryRule.DaysBack), stop, [])
            .Where(row => row.Value.Mid != message.Mid && !row.Value.IsSettled && row.Value.IsChasing == message.IsChasing && row.Value.Letter?.Template == message.Letter?.Template)
            .SelectMany(row => row.Value.Items)
            .ToHashSetAsync(cancellationToken: stop);

    private static Ask AskAfter(Recommendation state, MessageItem item, Message message, Situation situation, Told told)
    {
        if (item.Step is null && !Recommendations.Letters.OpensAsk(message.Letter))
        {
            // A letter that asks for nothing says nothing of whether the asking has arrived
            return state.Ask;
        }

        var position = state.Ask.Ladder;
        if (told == Told.TakenBack)
        {
            return item.Step == position.LastStep && item.Step == position.Awaits ? LadderMoves.CalledBack(situation.Ladder, state.Ask, situation.Calendar) : state.Ask;
        }

        // Chasing leaves on its own day, also where SendGrid tells of it later
        var on = message.IsChasing ? message.On : situation.Today;
        if (told is Told.NotReached or Told.Doubted)
        {
            return told == Told.Doubted ? LadderMoves.Doubted(situation.Ladder, state.Ask, item.Step, on) : LadderMoves.GivenUp(situation.Ladder, state.Ask, item.Step, on);
        }

        var step = situation.Ladder.Find(item.Step);
        var warns = message.Recipient.Relation == Relation.Own
            && (step is { IsNotice: true } or { IsReminder: true } || step is null && position.Awaits == situation.Ladder.Notice.Number);
        return LadderMoves.Accepted(situation.Ladder, state.Ask, item.Step, warns, on);
    }
}
