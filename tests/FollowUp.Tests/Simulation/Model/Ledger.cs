using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>
/// What has really happened: the record's events at the moment at which they are stored, what staff have changed, and
/// when. Everything is judged by it, and nothing in it by the service's own rules.
/// </summary>
internal sealed class Ledger(SimClock clock, ModelDirectory directory)
{
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<RecommendationId, List<ModelAsk>> asks = [];

    public History<WorkDays> Work { get; } = new(WorkDays.Published);

    public History<ModelDirectory> Directory { get; } = new(directory);

    public History<bool> Stopped { get; } = new(false);

    public ModelLadder Ladder { get; } = new();

    public List<StaffTask> Tasks { get; } = [];

    /// <summary>Asked for every step that the record says was planned or skipped.</summary>
    public Action<ModelAsk, RecordedEvent> OnStep { get; set; } = (_, _) => { };

    public Action<string> Broken { get; set; } = _ => { };

    /// <summary>The present ask of each recommendation.</summary>
    public IEnumerable<ModelAsk> Present => asks.Values.Select(a => a[^1]);

    /// <summary>The latest ask of an organisation on a recommendation.</summary>
    public ModelAsk? Find(RecommendationId id, OrganisationId of) => asks.GetValueOrDefault(id)?.FindLast(a => a.Of == of);

    public ModelAsk? Find(RecommendationId id, int version) => asks.GetValueOrDefault(id)?.Find(a => a.Version == version);

    /// <summary>Takes a row of the register as it is stored.</summary>
    public void Take(TableEntity row)
    {
        if (row.RowKey.StartsWith("evt|", StringComparison.Ordinal) && seen.Add(row.RowKey))
        {
            var parts = row.RowKey.Split('|');
            Take(RecommendationId.FromPadded(parts[1], parts[2])!.Value, OrganisationId.Parse(row.PartitionKey, null), Document.Read<RecordedEvent>(row).Value);
        }
        else if (row.RowKey.StartsWith("tsk|", StringComparison.Ordinal))
        {
            var task = Document.Read<StaffTask>(row).Value;
            Tasks.RemoveAll(t => t.Key == task.Key && t.OrganisationId == task.OrganisationId);
            Tasks.Add(task);
        }
    }

    private void Take(RecommendationId id, OrganisationId of, RecordedEvent happened)
    {
        var day = happened.At.LondonDate();
        var ask = asks.GetValueOrDefault(id)?[^1];
        switch (happened.Type)
        {
            case EventTypes.Issued:
                var published = happened.Date("publishedOn");
                Judge(id, happened.Date("dueOn"), Later(Work.Now.Add(published, 20), Work.Now.Add(day, 10)), "response");
                Begin(id, of, 1, day, happened.Date("dueOn"));
                break;
            case EventTypes.AskOpened:
                Begin(id, of, happened.Data.GetProperty("version").GetInt32(), day, happened.Date("dueOn"));
                break;
            case EventTypes.Extended:
                NewPhase(ask!, happened.Date("to"), day);
                if (happened.Data.TryGetProperty("pausedUntil", out var goesOn))
                {
                    // The pause goes on, and the new deadline allows for it
                    ask!.Pauses.Add(new Span(clock.UtcNow, DateOnly.Parse(goesOn.GetString()!, System.Globalization.CultureInfo.InvariantCulture)) { MovesDeadline = false });
                }

                break;
            case EventTypes.Paused:
                ask!.Pauses.Add(new Span(clock.UtcNow, happened.Date("until")));
                break;
            case EventTypes.Resumed:
                var pause = ask!.Pauses[^1];
                var lastDay = pause.Until < day ? pause.Until : day;
                var lasted = !pause.MovesDeadline ? 0 : Math.Max(0, Work.Now.Between(pause.From.LondonDate(), lastDay));
                Judge(id, happened.Date("to"), lasted == 0 ? ask.Phase.DueOn : Work.Now.Add(ask.Phase.DueOn, lasted), "resumed ask");
                NewPhase(ask, happened.Date("to"), lastDay);
                break;
            case EventTypes.Answered or EventTypes.Updated or EventTypes.Closed or EventTypes.Reassigned:
                ask!.ClosedAt ??= clock.UtcNow;
                ask.IsHandedOver |= happened.Type == EventTypes.Reassigned;
                break;
            case EventTypes.UpwardHeld:
                End(ask!.Holds);
                ask.Holds.Add(new Span(clock.UtcNow, happened.Date("until")));
                break;
            case EventTypes.UpwardReleased:
                End(ask!.Holds);
                break;
            case EventTypes.StepPlanned or EventTypes.StepSkipped:
                OnStep(ask!, happened);
                break;
        }
    }

    private void Begin(RecommendationId id, OrganisationId of, int version, DateOnly on, DateOnly dueOn)
    {
        if (!asks.TryGetValue(id, out var all))
        {
            asks[id] = all = [];
        }

        if (all.Count > 0)
        {
            all[^1].ClosedAt ??= clock.UtcNow;
        }

        all.Add(new ModelAsk(id, of, version, on, dueOn, clock.UtcNow));
    }

    private void NewPhase(ModelAsk ask, DateOnly dueOn, DateOnly on)
    {
        End(ask.Pauses);
        ask.Phases.Add(new Phase(dueOn, on, clock.UtcNow));
    }

    private void End(List<Span> spans)
    {
        if (spans.Count > 0)
        {
            spans[^1].EndedAt ??= clock.UtcNow;
        }
    }

    private void Judge(RecommendationId id, DateOnly given, DateOnly expected, string what)
    {
        if (given != expected)
        {
            Broken($"{clock.UtcNow:u}: the deadline of the {what} {id} is {given}, not {expected}.");
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>Reads what events carry.</summary>
internal static class EventFacts
{
    public static DateOnly Date(this RecordedEvent happened, string name) => DateOnly.Parse(happened.Data.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    public static int Step(this RecordedEvent happened) => happened.Data.GetProperty("step").GetInt32();
}
