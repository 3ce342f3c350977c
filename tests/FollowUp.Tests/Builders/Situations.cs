using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Tests.Builders;

/// <summary>What a rule may know on a day.</summary>
internal static class Situations
{
    public static Situation On(DateOnly today, OrganisationDirectory? directory = null) =>
        new(LondonTime.At(today, new(9, 0)), today, WorkingCalendar.Published, Ladder.Default, directory ?? Gloucestershire.Directory);

    public static Situation On(string today) => On(DateOnly.Parse(today, null));

    public static Actor Reviewer { get; } = new(ActorKind.Staff, "Grace Adebayo", "grace.adebayo@inspectorate.example");

    /// <summary>The problems of a refusal, as “field: message”.</summary>
    public static IReadOnlyList<string> Problems<T>(this Outcome<T> outcome)
        where T : notnull => [.. (outcome.Refusal?.Problems ?? []).Select(p => $"{p.Field}: {p.Message}")];

    public static IReadOnlyList<string> Fields<T>(this Outcome<T> outcome)
        where T : notnull => [.. (outcome.Refusal?.Problems ?? []).Select(p => p.Field).Distinct()];
}
