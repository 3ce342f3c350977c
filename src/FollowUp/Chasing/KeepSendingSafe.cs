using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>How sending stands.</summary>
/// <param name="Status"><c>sending</c>, <c>held</c>, <c>stopped</c> by a person or <c>refused</c> by SendGrid.</param>
public sealed record SendingView(string Status, DateOnly On, int Planned, int Limit, string LimitBecause, DayHold? Hold, DayRelease? Release, KillSwitch? KillSwitch, AccountRefusal? Refusal);

/// <summary>What persons may do about sending: stop it, let it go on, and release a day that is held.</summary>
internal sealed class KeepSendingSafe(BrakesTable brakes, SendingDays days, TasksTable tasks, IOptions<ChasingSettings> settings, IClock clock)
{
    private const int LongestReason = 500;
    private const int MostReleased = 100_000;

    public async Task<SendingView> ShowAsync(CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var pulled = await brakes.ReadAsync(stop);
        var day = await days.ReadAsync(today, stop);
        var (limit, why) = DayLimitRule.Of(day, await days.EarlierAsync(today, stop), settings.Value);
        var status = pulled.KillSwitch is not null ? "stopped" : pulled.Refusal is not null ? "refused" : day.Hold is not null ? "held" : "sending";
        return new SendingView(status, today, day.Planned, limit, why, day.Hold, day.Release, pulled.KillSwitch, pulled.Refusal);
    }

    public async Task<Outcome<SendingView>> StopAsync(string? reason, Actor by, CancellationToken stop)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "why sending is stopped", LongestReason);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        await brakes.ChangeAsync(b => b with { KillSwitch = b.KillSwitch ?? new KillSwitch(by.Name, clock.UtcNow, why) }, stop);
        return await ShowAsync(stop);
    }

    /// <summary>Takes the kill switch back, and tries SendGrid again at once.</summary>
    public async Task<SendingView> ResumeAsync(CancellationToken stop)
    {
        await brakes.ChangeAsync(_ => Brakes.None, stop);
        return await ShowAsync(stop);
    }

    /// <summary>Lets so many chasing emails go today, those that are planned already counted with them.</summary>
    public async Task<Outcome<SendingView>> ReleaseAsync(int? upTo, string? reason, Actor by, CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var present = await days.ReadAsync(today, stop);
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "why more may be sent today", LongestReason);
        problems.AddWhen(upTo is null, "upTo", "Enter how many chasing emails may be sent today in all");
        problems.AddWhen(upTo <= present.Planned, "upTo", $"{present.Planned} are planned already: enter more than that");
        problems.AddWhen(upTo > MostReleased, "upTo", $"Enter {MostReleased:N0} or fewer");
        if (problems.Any)
        {
            return problems.Refusal;
        }

        await days.ChangeAsync(today, day => day with { Release = new DayRelease(by.Name, clock.UtcNow, upTo!.Value, why), Hold = null }, stop);
        if (await tasks.FindAsync(Organisations.OrganisationId.Staff, $"hold|{today:yyyy-MM-dd}", stop) is { Value.DoneAt: null } task)
        {
            await tasks.CompleteAsync(task, clock.UtcNow, by.Name, stop);
        }

        return await ShowAsync(stop);
    }
}
