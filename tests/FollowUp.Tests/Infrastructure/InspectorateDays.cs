using FollowUp.Deadlines;
using FollowUp.Time;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Days at the inspectorate.</summary>
public sealed partial class Inspectorate
{
    /// <summary>The deadline of a recommendation as it stands.</summary>
    public async Task<DateOnly> DueOnAsync(string id) => DateOnly.Parse((await Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"), null);

    /// <summary>Goes to 09:00 of the next working day.</summary>
    public async Task MorningAsync() => await Service.MoveClockAsync(WorkingCalendar.Published.Add(Today, 1), new(9, 0));

    /// <summary>Goes to 09:00 of a day without playing those before; then the chase runs once.</summary>
    public async Task SleepUntilAsync(DateOnly day)
    {
        Service.Stack.Clock.StandAt(LondonTime.At(day, new TimeOnly(9, 0)));
        await Service.FireAsync("ChaseRecommendations");
    }
}
