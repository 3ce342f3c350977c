using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Tests.Simulation;

/// <summary>All that the register tells of one recommendation, in the order in which it happened: for whoever looks into a broken year.</summary>
internal static class SimStory
{
    public static IReadOnlyList<string> Of(string id, SimWorld world)
    {
        var told = new List<(DateTimeOffset At, string What)>();
        var parsed = RecommendationId.Parse(id, null);
        var key = $"{parsed.Inspection}|{parsed.Number.Padded}";
        foreach (var row in world.Tables["Register"].All)
        {
            if (row.RowKey.StartsWith($"evt|{key}", StringComparison.Ordinal) && Document.Read<RecordedEvent>(row).Value is var happened)
            {
                told.Add((happened.At, $"{row.PartitionKey} {happened.Seq} {happened.Type} {happened.Data}"));
            }
            else if (row.RowKey.StartsWith("msg|", StringComparison.Ordinal) && Document.Read<Message>(row).Value is var message && message.Items.Any(i => i.Recommendation.ToString() == id))
            {
                told.AddRange(message.Timeline.Prepend(new DeliveryEvent(message.PlannedAt, "planned")).Select(t =>
                    (t.At, $"   {message.Mid[..12]} {message.Kind} {message.Letter?.Template} of {message.On:MM-dd} to {message.Recipient.Email}: {t.What} {t.Detail} [{string.Join(' ', message.Items.Where(i => i.Recommendation.ToString() == id).Select(i => $"v{i.AskVersion} s{i.Step}"))}] {message.Status} {(message.InsteadOf is null ? "" : "instead of " + message.InsteadOf[..12])} {(message.Repeats ? "repeats" : "")} {(message.ReplacedBy is { } by ? "replaced by " + by[..12] : "")}")));
            }
            else if (row.RowKey.StartsWith("tsk|", StringComparison.Ordinal) && !row.RowKey.StartsWith("tsk|unconfirmed", StringComparison.Ordinal) && Document.Read<StaffTask>(row).Value is var task)
            {
                told.Add((task.Since, $"      task {task.Key} {task.Why} {task.Mid} {task.DoneAt}"));
            }
            else if (row.RowKey.StartsWith($"rec|{key}", StringComparison.Ordinal) && Document.Read<Recommendation>(row).Value is var state)
            {
                told.Add((DateTimeOffset.MaxValue, $"{state.OrganisationId} {state.Status} {state.Ask} {state.Move}"));
            }
        }

        return [.. told.OrderBy(t => t.At).Select(t => $"{t.At:u} {t.What}")];
    }
}
