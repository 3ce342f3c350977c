using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>Makes, renews and ends the calendar of a link. The address is shown once, in the answer to the button.</summary>
internal sealed class CalendarPage(LinkSession session, OpenLink openLink, CalendarFeeds feeds, IOptions<FollowUpSettings> service) : LinkPage(session, openLink)
{
    /// <summary>The address, just after it was made.</summary>
    public string? Address { get; private set; }

    public DateTimeOffset? MadeAt { get; private set; }

    public async Task OnGetAsync() => MadeAt = (await feeds.FindAsync(Link, Stop))?.Value.CreatedAt;

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (@do == "stop")
        {
            await feeds.StopAsync(Link, Stop);
            return this.SeeOther(Home + "/calendar");
        }

        if (await feeds.MakeAsync(Link, Stop) is not { } token)
        {
            return this.SeeOther(Home + "/calendar");
        }

        Address = new Uri(service.Value.BaseAddress!, $"/reply/calendar/{token.Text}.ics").ToString();
        MadeAt = Opened.Situation.Now;
        return Page();
    }

    protected override Task<OpenedLink?> ReadAsync(Link link) => OpenLink.ReadAllAsync(link, Stop);
}
