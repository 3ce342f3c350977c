using System.Globalization;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>What the bindings of a function.json must say, so that the host calls the service when it should, with what it expects, and takes its answer.</summary>
internal static class Bindings
{
    private const string Queue = "queueTrigger";
    private const string Timer = "timerTrigger";
    private const string Sender = "SendEmail";

    /// <summary>What is wrong with the bindings of a door.</summary>
    public static IEnumerable<string> FaultsIn(FunctionDoor door)
    {
        foreach (var (property, expected, remedy) in Expected(door))
        {
            if (!string.Equals(door.Trigger.GetValueOrDefault(property), expected, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{door.Name}/function.json does not say “{property}”: “{expected}” of its trigger: {remedy}.";
            }
        }

        if (door.Route is null && door.Name != Sender && !IsSchedule(door.Trigger.GetValueOrDefault("schedule")))
        {
            yield return $"{door.Name}/function.json has no schedule that a timer could keep: write one of six fields such as “0 */10 * * * *”, or a setting such as %Schedule%.";
        }

        if (door.Route is not null && !door.Others.SequenceEqual(["http"], StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{door.Name}/function.json needs one binding besides its trigger, the output of type http that takes the answer.";
        }
        else if (door.Route is null && door.Others.Count > 0)
        {
            yield return $"{door.Name}/function.json has the bindings {string.Join(", ", door.Others)} besides its trigger, and nothing that the service would say to them: take them away.";
        }
    }

    private static IEnumerable<(string Property, string Expected, string Remedy)> Expected(FunctionDoor door) => door switch
    {
        { Route: not null } => [("authLevel", "anonymous", "the service checks who may come in, and the host would ask for a key")],
        { Name: Sender } =>
        [
            ("type", Queue, "emails are sent when the queue rings"),
            ("name", "message", "the service looks for the queue’s message there"),
            ("queueName", Store.EmailQueueName, "the service rings there"),
        ],
        _ => [("type", Timer, "it runs by the clock")],
    };

    /// <summary>Six fields, or five without the seconds; a time span; or a setting that holds one.</summary>
    private static bool IsSchedule(string? schedule) =>
        schedule is ['%', _, .., '%'] || TimeSpan.TryParse(schedule, CultureInfo.InvariantCulture, out _) || schedule?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is 5 or 6;
}
