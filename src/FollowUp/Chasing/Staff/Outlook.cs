using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>A step that will be taken on a day if nothing changes.</summary>
/// <param name="Kind">The kind of email.</param>
/// <param name="Upward">Whether it goes to the organisation’s director or to those above it, and may be held.</param>
public sealed record OutlookEntry(DateOnly On, string Step, string OrganisationId, IReadOnlyList<string> RecommendationIds, IReadOnlyList<OutlookRecipient> Recipients, MessageKind Kind, bool Upward);

/// <summary>Somebody who will be written to.</summary>
/// <param name="Role">Their role at their organisation; null for the inspectorate's own staff.</param>
/// <param name="Of">Their organisation.</param>
public sealed record OutlookRecipient(string Name, string Email, Relation Relation, ContactRole? Role, string? Of)
{
    internal static OutlookRecipient To(Recipient recipient) => new(recipient.Name, recipient.Email.ToString(), recipient.Relation, recipient.Role, recipient.Of?.ToString());
}

/// <summary>Something that is owed and of which something is held back.</summary>
/// <param name="Until">The last day on which it is held; null when nobody has set one.</param>
internal sealed record OutlookWait(Recommendation State, string What, string? Why, DateOnly? Until)
{
    /// <summary>Where staff look at it: a draft has no page of its own.</summary>
    public string Page { get; init; } = $"/staff/recommendations/{State.Id}";
}

/// <summary>What will be sent if nobody answers and nothing changes.</summary>
/// <param name="Owed">How many recommendations something is owed on.</param>
/// <param name="Unreadable">The rows that cannot be read, and so are not in it.</param>
internal sealed record Outlook(Situation Situation, IReadOnlyList<OutlookEntry> Entries, IReadOnlyList<OutlookWait> Waiting, int Owed, IReadOnlyList<UnreadableRow> Unreadable);

/// <summary>Reads what is owed, to be played forward.</summary>
internal sealed class ReadOutlook(ReadChaseContext readContext, RegisterTable register, MessageHints messageHints, InspectionsTable inspections, SendingDays sendingDays, IOptions<ChasingSettings> settings)
{
    public const int MostDays = 400;

    public async Task<Outlook> RunAsync(int days, CancellationToken stop) => (await ReadAsync(stop)).Play(days);

    /// <summary>Everything that is owed, which can be played forward in more than one way.</summary>
    public async Task<OpenAsks> ReadAsync(CancellationToken stop)
    {
        var context = await readContext.RunAsync(stop);
        var unsettled = (await messageHints.UnsettledAsync(stop).ToListAsync(stop)).ToLookup(p => p.Organisation);
        var open = new ConcurrentBag<OpenAsk>();
        var messages = new ConcurrentDictionary<OrganisationId, KeyedMessages>();
        var unreadable = new ConcurrentBag<UnreadableRow>(context.Situation.Directory.Unreadable);
        await Parallel.ForEachAsync(
            context.Situation.Directory.All,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
            async (organisation, token) =>
            {
                var bad = new List<UnreadableRow>();
                var waiting = await WaitingAsync(organisation.Id, [.. unsettled[organisation.Id]], bad, token);
                var known = messages[organisation.Id] = await register.MessagesByKeyAsync(organisation.Id, context.Situation.Today, token);
                bad.AddRange(known.Unreadable);
                await foreach (var row in register.AllRowsOfAsync(organisation.Id, token, bad))
                {
                    if (row.Value is { Move: null, Ask.IsOpen: true } && await context.FindInspectionAsync(row.Value.Id.Inspection, bad, token) is { } inspection)
                    {
                        open.Add(new OpenAsk(row.Value, organisation, inspection) { Waiting = WaitingFor(row.Value, waiting, context.Situation), Messages = known });
                    }
                }

                bad.ForEach(unreadable.Add);
            });
        var (outside, toIssue, notIssued) = (new List<UnreadableRow>(), new List<OpenAsk>(), new List<OutlookWait>());
        foreach (var inspection in (await inspections.AllAsync(outside, stop)).Where(i => i.Stage == InspectionStage.Scheduled))
        {
            var drafts = await inspections.RecommendationsAsync(inspection.Id, stop, outside);
            var (coming, waits) = ToIssue(inspection, [.. drafts.Select(d => d.Value)], context.Situation);
            toIssue.AddRange(coming.Select(ask => ask with { Messages = messages.GetValueOrDefault(ask.Organisation.Id, KeyedMessages.None) }));
            notIssued.AddRange(waits);
        }

        var today = await sendingDays.ReadAsync(context.Situation.Today, context.Situation.Now, outside, stop);
        return new OpenAsks(context, InOrder(open), InOrder(toIssue), notIssued, settings.Value.NextDayAt(context.Situation.Now), today.Hold?.Why, [.. unreadable.Concat(outside).Distinct()]);
    }

    /// <summary>What will be owed from the day on which an inspection is issued; while issuing it would be refused, that it waits.</summary>
    private static (IEnumerable<OpenAsk> Coming, IEnumerable<OutlookWait> Waits) ToIssue(Inspection inspection, IReadOnlyList<DraftRecommendation> drafts, Situation situation)
    {
        var day = inspection.PublishedOn > situation.Today ? inspection.PublishedOn : situation.Today;
        var asks =
            from draft in drafts
            let organisation = situation.Directory.Find(draft.OrganisationId)
            where organisation is not null
            select new OpenAsk(IssueRule.Issued(inspection, draft, day, situation), organisation, inspection);
        return IssueRule.WhyNot(drafts, situation.Directory, day) is { } refusal
            ? ([], asks.Select(a => new OutlookWait(a.State, "Its inspection cannot be issued", string.Join(" ", refusal.Problems.Select(p => $"{p.Message}.")), null) { Page = $"/staff/inspections/{inspection.Id}" }))
            : (asks, []);
    }

    /// <summary>The chasing emails about an organisation that have still to be sent.</summary>
    private async Task<IReadOnlyList<Message>> WaitingAsync(OrganisationId organisation, IReadOnlyList<MessagePlace> places, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var mids = places.Select(p => p.Mid).ToHashSet();
        return await register.MessagesAsync(organisation, mids.Select(Mid.On).Min(), stop, unreadable).Select(row => row.Value).Where(m => m is { IsChasing: true, IsSettled: false } && mids.Contains(m.Mid)).ToListAsync(stop);
    }

    /// <summary>Those to whom the last step of a recommendation has still to be sent.</summary>
    internal static IReadOnlyList<(DateOnly On, Recipient Recipient)> WaitingFor(Recommendation state, IReadOnlyList<Message> waiting, Situation situation) =>
    [
        .. from message in waiting
           where message.Items.Any(i => i.Recommendation == state.Id && (SendRule.StillHolds(i, state, message.Recipient, chasing: true, situation.Ladder, situation.Today) || SendRule.IsHeldBack(i, state, message.Recipient, chasing: true, situation.Ladder, situation.Today)))
           select (message.On, message.Recipient),
    ];

    private static IReadOnlyList<OpenAsk> InOrder(IEnumerable<OpenAsk> asks) =>
        [.. asks.OrderBy(o => o.State.Id.Inspection.ToString(), StringComparer.Ordinal).ThenBy(o => o.State.Id.Number.Padded, StringComparer.Ordinal)];
}

/// <summary>A recommendation on which something is owed.</summary>
internal sealed record OpenAsk(Recommendation State, Organisation Organisation, Inspection Inspection)
{
    /// <summary>Those to whom its last step has still to be sent, and the day of each one's email.</summary>
    public IReadOnlyList<(DateOnly On, Recipient Recipient)> Waiting { get; init; } = [];

    /// <summary>The messages about its organisation from the day of reading on.</summary>
    public KeyedMessages Messages { get; init; } = KeyedMessages.None;

    /// <summary>Whether the email of a day to one of these people takes no more.</summary>
    public bool HasHadToday(IEnumerable<Recipient> recipients, DateOnly day) => recipients.Any(r => !Messages.Take(RegisterTable.ChasingKey(r, day)));
}

/// <summary>All that is owed.</summary>
/// <param name="ToIssue">What will be owed on the day of a publication.</param>
/// <param name="NotIssued">What issuing would be refused for.</param>
/// <param name="From">The first day on which anything may still leave: today, or tomorrow when today’s hours are over.</param>
/// <param name="Held">Why nothing more is planned today; null while more may be.</param>
internal sealed record OpenAsks(ChaseContext Context, IReadOnlyList<OpenAsk> All, IReadOnlyList<OpenAsk> ToIssue, IReadOnlyList<OutlookWait> NotIssued, DateOnly From, string? Held, IReadOnlyList<UnreadableRow> Unreadable)
{
    /// <summary>The same under another ladder or calendar.</summary>
    public OpenAsks Under(Situation situation) => this with { Context = Context with { Situation = situation } };

    /// <summary>The first day on which more may be planned: a day that is held takes no more.</summary>
    private DateOnly PlanFrom => Held is not null && From == Context.Situation.Today ? From.AddDays(1) : From;

    /// <summary>What will be sent in the coming days, today among them, by playing the ladder forward day by day.</summary>
    public Outlook Play(int days)
    {
        var steps =
            from ask in All.Concat(ToIssue)
            from coming in OutlookRule.Play(ask, Context, From, days, PlanFrom)
            group coming by (coming.On, coming.Step.Number, coming.State.OrganisationId) into step
            orderby step.Key.On, step.Key.OrganisationId.ToString(), step.Key.Number
            select new OutlookEntry(
                step.Key.On,
                step.First().Step.Name,
                step.Key.OrganisationId.ToString(),
                [.. step.Select(s => s.State.Id.ToString()).Order(StringComparer.Ordinal)],
                [.. step.SelectMany(s => s.Recipients).DistinctBy(r => r.Email).Select(OutlookRecipient.To)],
                step.First().Step.Kind,
                step.Any(s => s.Recipients.Any(s.Step.IsUpwardTo)));
        return new Outlook(Context.Situation, [.. steps], [.. All.SelectMany(a => OutlookRule.Waits(a, Context, Held)), .. NotIssued], All.Count, Unreadable);
    }
}
