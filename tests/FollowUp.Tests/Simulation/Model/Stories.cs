using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>What the rows of messages tell, and the tasks that staff were given about them.</summary>
internal sealed class Stories(ModelTables tables, Ledger ledger)
{
    private readonly ConditionalWeakTable<TableEntity, Message> read = [];

    public Message? Find(string mid) =>
        tables["Messages"].Find(Mid.DayOf(mid), "p|" + mid) is { } hint && tables["Register"].Find(hint.GetString("organisation"), hint.GetString("row")) is { } row
        && Read(row) is var message && message.Mid == mid
            ? message
            : null;

    /// <summary>Since when the record has said that SendGrid has it, or that it was given up; null while it does not.</summary>
    public DateTimeOffset? SettledAt(string mid) => Find(mid)?.Timeline.FirstOrDefault(t => t.What is "accepted" or "failed" || t.EventId is not null)?.At;

    /// <summary>Whether an email that SendGrid took did not arrive, as it says itself: also one that the mail server refused.</summary>
    public bool CameBack(string mid) => Find(mid)?.Timeline.Any(t => t.What is "bounced" or "dropped" or "blocked") == true;

    /// <summary>The day on which the service knew that a notice was taken.</summary>
    public DateOnly? NoticeKnownOn(ModelAsk ask) =>
        ask.NoticeKnownOn ??= ask.NoticeMids.Select(SettledAt).Min() is { } at ? at.LondonDate() : ask.NoticeWithStaff ? ask.OpenedOn : null;

    /// <summary>Whether somebody else could not be reached about it, so that it was passed on to the message's recipient.</summary>
    public bool WasPassedOn(Message message, RecommendationId about)
    {
        var messages = About(message.OrganisationId, about).ToList();
        var passed = messages.Select(m => m.ReplacedBy).ToHashSet();
        return messages.Exists(m => m.Recipient.Email == message.Recipient.Email && (m.InsteadOf is not null || passed.Contains(m.Mid)));
    }

    /// <summary>Whether an email about a step could not reach somebody, so that another got it, or staff have a task.</summary>
    public bool WentElsewhere(ModelAsk ask, int step, string to) => About(ask.Of, ask.Id).Any(m =>
        m.Recipient.Email.ToString() == to && m.Items.Any(i => i.Recommendation == ask.Id && i.Step == step && i.AskVersion >= ask.Version)
        && (m.ReplacedBy is not null || m.Status == MessageStatus.Failed && ledger.Tasks.Exists(t => t.Mid == m.Mid)));

    private IEnumerable<Message> About(OrganisationId of, RecommendationId about) =>
        tables["Register"].In(of.ToString(), "msg|").Select(Read).Where(m => m.Items.Any(i => i.Recommendation == about));

    /// <summary>A row as it stands is read once: one that changes is stored as another.</summary>
    private Message Read(TableEntity row) => read.GetValue(row, static r => Document.Read<Message>(r).Value);

    /// <summary>Whether a step could reach nobody, and staff have a task about that very email or recommendation.</summary>
    public bool IsWithStaff(ModelAsk ask, Phase phase, int step)
    {
        if (phase.WithStaff.Contains(step))
        {
            return true;
        }

        var given = ledger.Tasks.Exists(task => task.OrganisationId == ask.Of && task.Since >= phase.Since - Bounds.Sleep && task switch
        {
            { Kind: TaskKind.LadderEnded } => task.Recommendation == ask.Id,
            { Kind: TaskKind.EmailFailed, Mid: { } mid } when task.Key.StartsWith("email|", StringComparison.Ordinal) => EndsWith(mid, ask, step),
            _ => false,
        });
        if (given)
        {
            phase.WithStaff.Add(step);
        }

        return given;
    }

    /// <summary>Whether the message, and those that stood in for it or took it over on a later day, ended without having reached anybody, and was about a step.</summary>
    private bool EndsWith(string mid, ModelAsk ask, int step) =>
        About(ask.Of, ask.Id)
            .Where(m => (m.Mid == mid || m.InsteadOf == mid) && m.Items.Any(i => i.Recommendation == ask.Id && (i.Step ?? ModelLadder.Notice) == step && i.AskVersion >= ask.Version))
            .MaxBy(m => m.PlannedAt) is { ReplacedBy: null, Status: MessageStatus.Failed or MessageStatus.Cancelled };
}
