using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What became of extending deadlines for a holiday.</summary>
/// <param name="Refused">What was not extended, and why.</param>
internal sealed record Allowed(int Extended, IReadOnlyList<string> Refused);

/// <summary>
/// Extends all deadlines that a new holiday shortens by the working day that it takes, in one go. Each is a command of
/// its own, so that repeating it after an interruption extends nothing twice.
/// </summary>
internal sealed class AllowForHoliday(ReadOutlook read, CalendarTable calendars, ChangeRecommendation change)
{
    /// <summary>The asks that a holiday which staff have added takes a working day from; those whose deadline was given later have allowed for it.</summary>
    public async Task<(Situation Situation, IReadOnlyList<OpenAsk> Shortened)> FindAsync(DateOnly holiday, CancellationToken stop)
    {
        var asks = await read.ReadAsync(stop);
        var situation = asks.Context.Situation;
        var added = (await calendars.EditedAsync(stop)).FirstOrDefault(e => e.Day == holiday && e.Title is not null);
        return (situation, added is null ? [] : [.. asks.All.Where(a => DeadlineCommands.IsShortenedBy(a.State.Ask, holiday, situation) && !(AllowedForOn(a.State.Ask, holiday) > added.At?.LondonDate()))]);
    }

    /// <summary>The day on which the deadline was last set knowing of the holiday: when it was given or, for a day after that one, when it was moved.</summary>
    private static DateOnly AllowedForOn(Ask ask, DateOnly holiday) =>
        holiday <= ask.LastGiven.DueOn ? ask.LastGiven.On : LadderRule.Later(ask.Ladder.StepsAfter ?? ask.OpenedOn, ask.OpenedOn);

    public async Task<Outcome<Allowed>> RunAsync(DateOnly holiday, IReadOnlyList<string> recommendations, string? reason, Actor by, CancellationToken stop)
    {
        var problems = new Problems();
        problems.AddWhen(recommendations.Count == 0, "recommendations", "Choose the recommendations whose deadline is extended");
        problems.Text(reason, "reason", "the reason for the new deadlines", 1000);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var (extended, refused) = (0, new List<string>());
        foreach (var text in recommendations.Distinct())
        {
            if (!RecommendationId.TryParse(text, null, out var id))
            {
                continue;
            }

            var outcome = await change.RunAsync(id, Command.By(by), (state, situation) => DeadlineCommands.AllowFor(state, situation, holiday, reason), stop);
            if (outcome.IsRefused(out var refusal, out _))
            {
                refused.Add($"{id}: {string.Join(' ', refusal.Problems.Select(p => p.Message))}");
            }
            else
            {
                extended++;
            }
        }

        return new Allowed(extended, refused);
    }
}
