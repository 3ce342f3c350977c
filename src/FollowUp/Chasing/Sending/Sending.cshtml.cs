using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>Whether emails leave, how many have left today and how many may, and what was done about it.</summary>
internal sealed class SendingPage(KeepSendingSafe safe, CountToday count, SettingsHistory history, IOptions<ChasingSettings> settings) : PageModel
{
    private const int MostShown = 20;

    public SendingView Sending { get; private set; } = null!;

    public TodaysEmails Emails { get; private set; } = null!;

    public IReadOnlyList<SettingsChange> History { get; private set; } = [];

    /// <summary>How many rows cannot be read, and so are not in it.</summary>
    public int Unreadable { get; private set; }

    public ChasingSettings Settings => settings.Value;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Sending = await safe.ShowAsync(stop);
        Emails = await count.RunAsync(stop);
        var unreadable = new List<UnreadableRow>();
        History = await history.LatestAsync(SettingsHistory.Sending, MostShown, unreadable, stop);
        Unreadable = unreadable.Count + Emails.Unreadable.Count + Sending.Unreadable;
    }
}

/// <summary>What the chase would send now.</summary>
internal sealed class SendingNowPage(RehearseChase rehearse, Organisations.OrganisationsTable organisations) : PageModel
{
    public Rehearsal Rehearsal { get; private set; } = null!;

    public Organisations.OrganisationDirectory Directory { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Rehearsal = await rehearse.RunAsync(stop);
        Directory = await organisations.ReadAllAsync(stop);
    }
}
