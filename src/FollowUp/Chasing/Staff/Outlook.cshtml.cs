using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>What will be sent in the coming days, to whom, and what is held back.</summary>
internal sealed class OutlookPage(ReadOutlook read, KeepSendingSafe safe) : PageModel
{
    private const int Usual = 30;
    private const int UpwardDays = 14;

    public static IReadOnlyList<int> Choices { get; } = [7, Usual, 60];

    /// <summary>Of how many days; anything that is no choice shows the usual number.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Days { get; set; }

    public int Wanted => Choices.FirstOrDefault(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture) == Days, Usual);

    public Outlook Outlook { get; private set; } = null!;

    public SendingView Sending { get; private set; } = null!;

    public Situation Situation => Outlook.Situation;

    /// <summary>The last of the working days for which staff see upward emails beforehand.</summary>
    public DateOnly UpwardUntil => Situation.Calendar.Add(Situation.Today, DigestRule.UpwardAhead);

    /// <summary>Upward emails, one recommendation each.</summary>
    public IEnumerable<(OutlookEntry Entry, string Recommendation)> Upward =>
        from entry in UpwardEntries
        from id in entry.RecommendationIds
        select (entry, id);

    public IEnumerable<IGrouping<DateOnly, OutlookEntry>> ByDay => Outlook.Entries.Where(e => e.On <= Situation.Today.AddDays(Wanted)).GroupBy(e => e.On);

    private IEnumerable<OutlookEntry> UpwardEntries => Outlook.Entries.Where(e => e.Upward && e.On <= UpwardUntil);

    public async Task OnGetAsync(CancellationToken stop)
    {
        // Five working days may be more days than are wanted
        var reading = read.ReadAsync(stop);
        Sending = await safe.ShowAsync(stop);
        Outlook = (await reading).Play(Math.Max(Wanted, UpwardDays));
    }
}
