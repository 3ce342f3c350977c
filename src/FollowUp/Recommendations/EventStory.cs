using System.Text.Json;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Tells a recorded event in plain words.</summary>
internal static class EventStory
{
    public static StoryEntry Tell(RecordedEvent happened, OrganisationDirectory directory)
    {
        var data = happened.Data;
        var (title, facts, words) = Say(happened.Type, data, directory);
        return new StoryEntry(happened.At, title, By(happened), [.. facts.OfType<string>()], words);
    }

    private static (string Title, string?[] Facts, string? Words) Say(string type, JsonElement data, OrganisationDirectory directory) => type switch
    {
        EventTypes.Issued => ($"Issued to {Organisation(data, "organisationId", directory)}", [Due(data)], null),
        EventTypes.StepPlanned => ($"Chasing step: {Name(data)}", [$"{Words.Count(Number(data, "recipients"), "email")} planned. {Due(data)}"], null),
        EventTypes.StepSkipped => ($"Chasing step skipped: {Name(data)}", [$"It would have been due on {Day(data, "on")}.", Text(data, "reason")], null),
        EventTypes.LadderEnded => ("Every step of chasing has been taken", ["It now rests with the inspectorate’s staff."], null),
        EventTypes.Answered => ($"Answer received: {Say<Position>(data, "position", RecommendationWords.InWords)}", [Late(data), Actions(data)], Text(data, "reason")),
        EventTypes.Updated => (Flag(data, "claimsComplete") ? "Progress reported: everything is done" : "Progress reported", [Late(data), Evidence(data)], Text(data, "text")),
        EventTypes.NoteReceived => ("Note received after closing", [], Text(data, "text")),
        EventTypes.EvidenceRefused => ("Evidence refused", [$"{Text(data, "name")}: {Text(data, "reason")}. It was deleted."], null),
        EventTypes.Reviewed => ($"Answer reviewed: {Say<Judgement>(data, "judgement", RecommendationWords.InWords)}", [Prefixed("New deadline", Day(data, "dueOn"))], Text(data, "note")),
        EventTypes.Verified => ($"Progress judged: {Say<ProgressJudgement>(data, "progress", RecommendationWords.InWords)}", [], Text(data, "note")),
        EventTypes.AskOpened => ($"Asked for: {Say<AskKind>(data, "kind", RecommendationWords.InWords)}", [Due(data)], null),
        EventTypes.Extended => ("Deadline moved", [$"From {Day(data, "from")} to {Day(data, "to")}.", Prefixed("The pause goes on until the end of", Day(data, "pausedUntil"))], Text(data, "reason")),
        EventTypes.TimeRequested => ("More time asked for", [Prefixed("Until", Day(data, "dueOn"))], Text(data, "reason")),
        EventTypes.TimeRefused => ("More time not given", [Due(data)], Text(data, "reason")),
        EventTypes.Paused => ("Chasing paused", [$"Until the end of {Day(data, "until")}."], Text(data, "reason")),
        EventTypes.Resumed => ("Chasing resumed", [Day(data, "from") == Day(data, "to") ? $"The deadline stays {Day(data, "to")}." : $"The deadline moved by {Words.Count(Number(data, "workingDays"), "working day")}, from {Day(data, "from")} to {Day(data, "to")}."], null),
        EventTypes.UpwardHeld => ("Upward emails held", [$"Until the end of {Day(data, "until")}."], Text(data, "reason")),
        EventTypes.UpwardReleased => ("Upward emails released", [Prefixed("They were held until", Day(data, "until"))], null),
        EventTypes.Closed => ($"Closed: {Say<ClosureReason>(data, "reason", RecommendationWords.InWords)}", [], Text(data, "note")),
        EventTypes.Reopened => ("Opened again", [Due(data)], Text(data, "reason")),
        EventTypes.Reassigned => ($"Given to {Organisation(data, "to", directory)}", [Due(data)], Text(data, "reason")),
        _ => ("Recorded by a newer release of FollowUp", [], null),
    };

    /// <summary>The organisation that a recommendation came from, if this event gave it to another one.</summary>
    public static OrganisationId? CameFrom(RecordedEvent happened) =>
        happened.Type == EventTypes.Reassigned && OrganisationId.TryParse(Text(happened.Data, "from"), null, out var from) ? from : null;

    private static string By(RecordedEvent happened) => happened.Actor switch
    {
        ActorKind.System => "FollowUp",
        ActorKind.Staff => happened.Personal?.ActorName ?? "the inspectorate (name erased)",
        _ => happened.Personal?.ActorName ?? "the organisation (name erased)",
    };

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The name of a step, as it stands inside a sentence.</summary>
    private static string Name(JsonElement data) => Text(data, "name") is [var first, .. var rest] ? char.ToLowerInvariant(first) + rest : "unknown";

    private static int Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static bool Flag(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Day(JsonElement data, string name) =>
        Words.ReadIso(Text(data, name))?.InWords();

    private static string? Due(JsonElement data) => Prefixed("Deadline", Day(data, "dueOn"));

    private static string? Late(JsonElement data) => Flag(data, "late") ? $"After the deadline of {Day(data, "dueOn")}." : null;

    private static string? Prefixed(string before, string? value) => value is null ? null : $"{before} {value}.";

    private static string? Actions(JsonElement data) =>
        data.TryGetProperty("actions", out var actions) && actions.GetArrayLength() is > 0 and var count ? $"{Words.Count(count, "action")} promised." : null;

    private static string? Evidence(JsonElement data) =>
        data.TryGetProperty("evidence", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() is > 0 and var count ? $"{Words.Count(count, "file")} of evidence." : null;

    private static string Organisation(JsonElement data, string name, OrganisationDirectory directory) =>
        OrganisationId.TryParse(Text(data, name), null, out var id) ? directory.NameOf(id) : "another organisation";

    private static string Say<T>(JsonElement data, string name, Func<T, string> words)
        where T : struct, Enum =>
        data.TryGetProperty(name, out var value) && Json.TryReadWord<T>(value.GetString(), out var member) ? words(member).ToLowerInvariant() : "unknown";
}
