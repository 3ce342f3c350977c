using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>How sending stands.</summary>
/// <param name="Status"><c>sending</c>, <c>held</c>, <c>stopped</c> by a person or <c>refused</c> by SendGrid.</param>
/// <param name="Planned">Chasing emails planned for the day.</param>
/// <param name="Limit">How many may be planned.</param>
/// <param name="Cap">The most chasing emails of any day.</param>
/// <param name="Usual">The median of the last sending days.</param>
/// <param name="Unusual">What more than this many chasing emails make of a day.</param>
/// <param name="Unreadable">How many rows that say so cannot be read: without the brakes nothing leaves, without today's count nothing is planned.</param>
public sealed record SendingView(
    string Status, DateOnly On, int Planned, int Limit, string LimitBecause, DayHold? Hold, DayRelease? Release, KillSwitch? KillSwitch, AccountRefusal? Refusal, int Cap, double Usual, int Unusual, int Unreadable);

/// <summary>What persons may do about sending: stop it, let it go on, and release a day that is held.</summary>
internal sealed class KeepSendingSafe(BrakesTable brakes, SendingDays days, TasksTable tasks, SettingsHistory history, IOptions<ChasingSettings> settings, IClock clock)
{
    private const int LongestReason = 500;
    private const int MostReleased = 100_000;

    public async Task<SendingView> ShowAsync(CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var unreadable = new List<UnreadableRow>();
        var pulled = await brakes.ReadAsync(unreadable, stop);
        var day = await days.ReadAsync(today, clock.UtcNow, unreadable, stop);
        var earlier = await days.EarlierAsync(today, unreadable, stop);
        var (limit, why) = DayLimitRule.Of(day, earlier, settings.Value);
        var (usual, unusual) = DayLimitRule.Unusual(earlier, settings.Value);
        var status = pulled.KillSwitch is not null ? "stopped" : pulled.Refusal is not null ? "refused" : day.Hold is not null ? "held" : "sending";
        return new SendingView(status, today, day.Planned, limit, why, day.Hold, day.Release, pulled.KillSwitch, pulled.Refusal, settings.Value.DailyCap, usual, unusual, unreadable.Count);
    }

    public async Task<Outcome<SendingView>> StopAsync(string? reason, Actor by, CancellationToken stop)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "why sending is stopped", LongestReason);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        await TellAsync(by, "Stopped all sending", why, stop);
        await brakes.ChangeAsync(b => b with { KillSwitch = b.KillSwitch ?? new KillSwitch(by.Name, clock.UtcNow, why) }, stop);
        return await ShowAsync(stop);
    }

    /// <summary>Takes the kill switch back, and tries SendGrid again at once.</summary>
    /// <param name="reason">Why emails may leave again.</param>
    /// <param name="isAsked">Whether a reason must be given.</param>
    public async Task<Outcome<SendingView>> ResumeAsync(string? reason, bool isAsked, Actor by, CancellationToken stop)
    {
        var problems = new Problems();
        var why = isAsked ? problems.Text(reason, "reason", "why emails may leave again", LongestReason) : problems.OptionalText(reason, "reason", "the reason", LongestReason);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        await TellAsync(by, "Let emails leave again", why, stop);
        await brakes.ChangeAsync(_ => Brakes.None, stop);
        return await ShowAsync(stop);
    }

    /// <summary>Lets so many chasing emails go today, those that are planned already counted with them.</summary>
    public async Task<Outcome<SendingView>> ReleaseAsync(int? upTo, string? reason, Actor by, CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var unreadable = new List<UnreadableRow>();
        var present = await days.ReadAsync(today, clock.UtcNow, unreadable, stop);
        if (present.IsUncounted)
        {
            throw new UnreadableRowException(unreadable[0]);
        }

        var problems = new Problems();
        var why = problems.Text(reason, "reason", "why more may be sent today", LongestReason);
        problems.AddWhen(upTo is null, "upTo", "Enter how many chasing emails may be sent today in all");
        problems.AddWhen(upTo <= present.Planned, "upTo", $"{present.Planned} are planned already: enter more than that");
        problems.AddWhen(upTo > MostReleased, "upTo", $"Enter {MostReleased.WithCommas()} or fewer");
        if (problems.Any)
        {
            return problems.Refusal;
        }

        await TellAsync(by, $"Released {upTo} chasing emails for {today.InWords()}", why, stop);
        await days.ChangeAsync(today, day => day with { Release = new DayRelease(by.Name, clock.UtcNow, upTo!.Value, why), Hold = null }, stop);
        if (present.Hold is { } hold)
        {
            await tasks.FinishAsync(Organisations.OrganisationId.Staff, Tasks.HoldKey(today, hold), clock.UtcNow, by.Name, stop);
        }

        return await ShowAsync(stop);
    }

    private Task TellAsync(Actor by, string what, string? why, CancellationToken stop) =>
        history.RecordAsync(SettingsHistory.Sending, new SettingsChange(clock.UtcNow, by.Name, what, why), stop);
}
