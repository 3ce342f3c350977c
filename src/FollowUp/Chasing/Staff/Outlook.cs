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
internal sealed record OutlookWait(Recommendation State, string What, string? Why, DateOnly? Until);

/// <summary>What will be sent if nobody answers and nothing changes.</summary>
/// <param name="Owed">How many recommendations something is owed on.</param>
/// <param name="Unreadable">The rows that cannot be read, and so are not in it.</param>
internal sealed record Outlook(Situation Situation, IReadOnlyList<OutlookEntry> Entries, IReadOnlyList<OutlookWait> Waiting, int Owed, IReadOnlyList<UnreadableRow> Unreadable);

/// <summary>Reads what is owed, to be played forward.</summary>
internal sealed class ReadOutlook(ReadChaseContext readContext, RegisterTable register, MessageHints messageHints, InspectionsTable inspections, IOptions<ChasingSettings> settings)
{
    public const int MostDays = 400;

    public async Task<Outlook> RunAsync(int days, CancellationToken stop) => (await ReadAsync(stop)).Play(days);

    /// <summary>Everything that is owed, which can be played forward in more than one way.</summary>
    public async Task<OpenAsks> ReadAsync(CancellationToken stop)
    {
        var context = await readContext.RunAsync(stop);
        var unsettled = (await messageHints.UnsettledAsync(stop).ToListAsync(stop)).ToLookup(p => p.Organisation);
        var open = new ConcurrentBag<OpenAsk>();
        var unreadable = new ConcurrentBag<UnreadableRow>(context.Situation.Directory.Unreadable);
        await Parallel.ForEachAsync(
            context.Situation.Directory.All,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
            async (organisation, token) =>
            {
                var bad = new List<UnreadableRow>();
                var waiting = await WaitingAsync(organisation.Id, [.. unsettled[organisation.Id]], bad, token);
                await foreach (var row in register.AllRowsOfAsync(organisation.Id, token, bad))
                {
                    if (row.Value is { Move: null, Ask.IsOpen: true } && await context.FindInspectionAsync(row.Value.Id.Inspection, bad, token) is { } inspection)
                    {
                        open.Add(new OpenAsk(row.Value, organisation, inspection) { Waiting = WaitingFor(row.Value, waiting, context.Situation) });
                    }
                }

                bad.ForEach(unreadable.Add);
            });
        var (outside, toIssue) = (new List<UnreadableRow>(), new List<OpenAsk>());
        foreach (var inspection in (await inspections.AllAsync(outside, stop)).Where(i => i.Stage == InspectionStage.Scheduled))
        {
            toIssue.AddRange(
                from draft in await inspections.RecommendationsAsync(inspection.Id, stop, outside)
                let organisation = context.Situation.Directory.Find(draft.Value.OrganisationId)
                where organisation is not null
                select new OpenAsk(IssueRule.Issued(inspection, draft.Value, inspection.PublishedOn, context.Situation), organisation, inspection));
        }

        return new OpenAsks(context, InOrder(open), InOrder(toIssue), settings.Value.NextDayAt(context.Situation.Now), [.. unreadable.Concat(outside).Distinct()]);
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

    private static IReadOnlyList<(DateOnly On, Recipient Recipient)> WaitingFor(Recommendation state, IReadOnlyList<Message> waiting, Situation situation) =>
    [
        .. from message in waiting
           where message.Items.Any(i => i.Recommendation == state.Id && (SendRule.StillHolds(i, state, chasing: true, situation.Ladder, situation.Today) || SendRule.IsHeldBack(i, state, chasing: true, situation.Ladder, situation.Today)))
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
}

/// <summary>All that is owed.</summary>
/// <param name="ToIssue">What will be owed on the day of a publication.</param>
/// <param name="From">The first day on which anything may still leave: today, or tomorrow when today’s hours are over.</param>
internal sealed record OpenAsks(ChaseContext Context, IReadOnlyList<OpenAsk> All, IReadOnlyList<OpenAsk> ToIssue, DateOnly From, IReadOnlyList<UnreadableRow> Unreadable)
{
    /// <summary>The same under another ladder or calendar.</summary>
    public OpenAsks Under(Situation situation) => this with { Context = Context with { Situation = situation } };

    /// <summary>What will be sent in the coming days, today among them, by playing the ladder forward day by day.</summary>
    public Outlook Play(int days)
    {
        var steps =
            from ask in All.Concat(ToIssue)
            from coming in OutlookRule.Play(ask, Context, From, days)
            group coming by (coming.On, coming.Step.Number, coming.State.OrganisationId) into step
            orderby step.Key.On, step.Key.OrganisationId.ToString(), step.Key.Number
            select new OutlookEntry(
                step.Key.On,
                step.First().Step.Name,
                step.Key.OrganisationId.ToString(),
                [.. step.Select(s => s.State.Id.ToString()).Order(StringComparer.Ordinal)],
                [.. step.SelectMany(s => s.Recipients).DistinctBy(r => r.Email).Select(OutlookRecipient.To)],
                step.First().Step.Kind,
                step.First().Step.IsUpward);
        return new Outlook(Context.Situation, [.. steps], [.. All.SelectMany(a => OutlookRule.Waits(a, Context.Situation))], All.Count, Unreadable);
    }
}
