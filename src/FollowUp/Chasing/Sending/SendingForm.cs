using FollowUp.Access;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>A page on which an administrator decides whether emails leave.</summary>
internal abstract class SendingForm(KeepSendingSafe safe) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public SendingView Sending { get; private set; } = null!;

    /// <summary>What is said when it is done.</summary>
    protected abstract string Done { get; }

    public async Task OnGetAsync(CancellationToken stop) => Sending = await safe.ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Sending = await safe.ShowAsync(stop);
        return (await DoAsync(User.AsActor(), stop)).IsRefused(out var refusal, out _) ? this.Refuse(refusal) : this.RedirectWithSuccess("/staff/sending", Done);
    }

    protected abstract Task<Outcome<SendingView>> DoAsync(Actor by, CancellationToken stop);
}

internal sealed class StopSendingPage(KeepSendingSafe safe) : SendingForm(safe)
{
    private readonly KeepSendingSafe safe = safe;

    protected override string Done => "All sending is stopped";

    protected override Task<Outcome<SendingView>> DoAsync(Actor by, CancellationToken stop) => safe.StopAsync(Reason, by, stop);
}

internal sealed class ResumeSendingPage(KeepSendingSafe safe) : SendingForm(safe)
{
    private readonly KeepSendingSafe safe = safe;

    protected override string Done => "Emails leave again";

    protected override Task<Outcome<SendingView>> DoAsync(Actor by, CancellationToken stop) => safe.ResumeAsync(Reason, isAsked: true, by, stop);
}

internal sealed class ReleaseSendingPage(KeepSendingSafe safe) : SendingForm(safe)
{
    private readonly KeepSendingSafe safe = safe;

    /// <summary>How many chasing emails may go today in all, as typed.</summary>
    [BindProperty]
    public string? UpTo { get; set; }

    protected override string Done => "More chasing emails may leave today";

    protected override Task<Outcome<SendingView>> DoAsync(Actor by, CancellationToken stop) =>
        safe.ReleaseAsync(int.TryParse(UpTo?.Replace(",", "", StringComparison.Ordinal).Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null, Reason, by, stop);
}
