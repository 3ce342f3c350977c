using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation.Model;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Simulation;

/// <summary>
/// The service's promise, judged at every step that is planned, at every email that leaves, at the end of every day and
/// at the end of the year, by a model of its own of what the design says.
/// </summary>
internal sealed class Promise
{
    private static readonly string[] Waiting = [.. new[] { "planning", "pending", "claimed", "unknown" }.Select(s => $"\"status\":\"{s}\"")];
    private readonly SimWorld world;
    private readonly Stories stories;
    private readonly EmailChecks emails;
    private readonly TwiceCheck twice;
    private readonly MissedCheck missed;
    private readonly HashSet<string> unsettled = [];
    private readonly List<string> leftBehind = [];

    public Promise(SimWorld world)
    {
        this.world = world;
        Ledger = new Ledger(world.Clock, ModelDirectory.Of(Gloucestershire.Directory.All)) { Broken = Break };
        stories = new Stories(world.Tables, Ledger);
        Ledger.OnStep = new PlanChecks(Ledger, stories, world.Clock).Check;
        emails = new EmailChecks(Ledger, stories);
        twice = new TwiceCheck(Ledger, stories);
        missed = new MissedCheck(Ledger, stories, world.Clock);
        Limits = new LimitCheck(Ledger, world.Services.GetRequiredService<IOptions<ChasingSettings>>().Value, () => world.Clock.UtcNow);
        world.SendGrid.OnTaken = Check;
        world.Tables["Register"].OnPut = Take;
        world.Tables["Addresses"].OnPut = row => Ledger.Directory.Set(world.Clock.UtcNow, Ledger.Directory.Now.Suspending(Document.Read<FollowUp.Organisations.SuspendedAddress>(row).Value.Email.ToString()));
    }

    public Ledger Ledger { get; }

    public LimitCheck Limits { get; }

    public List<string> Broken { get; } = [];

    public int Twice => twice.Emails;

    public int ChasingEmails => emails.Chasing;

    public IReadOnlyList<int> Waited => missed.Waited;

    /// <summary>Whether a step is due now, or a message waits: else a run of the chase has nothing to do.</summary>
    public bool IsAnythingDue => unsettled.Count > 0 || missed.IsAnythingDue;

    /// <summary>After a run of the chase: where it went well, alone and without a limit, it must have taken everything of earlier days into today's emails.</summary>
    public void JudgeLeftBehind(bool wentWell)
    {
        if (wentWell && !Limits.IsHeld(world.Clock.UtcNow.LondonDate()))
        {
            leftBehind.ForEach(Break);
        }

        leftBehind.Clear();
    }

    /// <param name="day">The day, of which a sleeper may have seen the end.</param>
    /// <param name="isGood">Whether a run of the chase has gone well while nothing kept emails from leaving.</param>
    public void EndOfDay(DateOnly day, bool isGood)
    {
        Limits.EndOfDay(day);
        missed.EndOfDay(isGood && !Limits.IsHeld(day));
    }

    /// <summary>After a calm time: nothing is due, nothing waits, nothing was passed over.</summary>
    public void CheckTheEnd()
    {
        missed.AtTheEnd();
        var today = world.Clock.UtcNow.LondonDate();
        foreach (var entity in world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal)))
        {
            if (Document.Read<Message>(entity).Value is { IsSettled: false } waiting && waiting.On <= today)
            {
                Break($"{waiting.Mid} of {waiting.On} is still {waiting.Status}.");
            }
        }

        CheckTheMap();
    }

    /// <summary>Whoever answers or gives a command is led by it: it must lead to where a recommendation is.</summary>
    private void CheckTheMap()
    {
        foreach (var entity in world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("rec|", StringComparison.Ordinal)))
        {
            if (Document.Read<Recommendation>(entity).Value is { Move: null } state
                && Document.Read<DraftRecommendation>(world.Tables["Inspections"].Find(state.Id.Inspection.ToString(), "rec|" + state.Id.Number.Padded)!).Value.OrganisationId is var leadsTo && leadsTo != state.OrganisationId)
            {
                Break($"{state.Id} is at {state.OrganisationId}, and the map leads to {leadsTo}: nobody can answer it.");
            }
        }
    }

    private void Break(string what)
    {
        if (!Broken.Contains(what))
        {
            Broken.Add(what);
        }
    }

    private void Take(TableEntity row)
    {
        Ledger.Take(row);
        Limits.Take(row);
        if (row.RowKey.StartsWith("msg|", StringComparison.Ordinal))
        {
            var waits = Waiting.Any(s => row.GetString("json0").Contains(s, StringComparison.Ordinal));
            _ = waits ? unsettled.Add(row.PartitionKey + row.RowKey) : unsettled.Remove(row.PartitionKey + row.RowKey);
        }
    }

    private void Check(Taken email)
    {
        if (stories.Find(email.Mid) is not { } message)
        {
            Break($"{email.At:u}: {email.Mid} left without a row.");
            return;
        }

        if (message.Recipient.Email.ToString() != email.To || email.Category != System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(message.Kind.ToString()))
        {
            Break($"{email.At:u}: {email.Mid} left as {email.Category} to {email.To}, and its row says {message.Kind} to {message.Recipient.Email}.");
        }

        emails.Check(email, message);
        twice.Check(email, message);
        NoteWhatIsLeftBehind(email, message);
    }

    /// <summary>Whether something of an earlier day still waits for the same person when today's email leaves.</summary>
    private void NoteWhatIsLeftBehind(Taken email, Message message)
    {
        var isOfThisRun = message is { IsChasing: true, Attempts: 1 } && email.At - message.PlannedAt < Bounds.Claim;
        for (var day = message.On.AddDays(-5); isOfThisRun && day < message.On; day = day.AddDays(1))
        {
            if (world.Tables["Register"].Find(message.OrganisationId.ToString(), RegisterTable.ChasingKey(message.Recipient, day)) is { } row && Document.Read<Message>(row).Value is { Status: MessageStatus.Pending } behind)
            {
                leftBehind.Add($"{email.At:u}: {behind.Mid} of {behind.On} to {email.To} was left behind by {email.Mid}, about {string.Join(", ", behind.Items.Select(i => i.Recommendation))}.");
            }
        }
    }
}
