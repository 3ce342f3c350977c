using System.Security.Cryptography;
using FollowUp.Email;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FollowUp.Replies;

/// <summary>The calendar itself, as calendar services fetch it. It lives as long as its link; any other secret is answered as an unknown link.</summary>
internal sealed class CalendarByToken(CalendarFeeds feeds, OpenLink openLink, IOptions<FollowUpSettings> service, IOptions<InspectorateSettings> inspectorate) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken stop)
    {
        if (LinkToken.Read(token) is not { } secret
            || await feeds.FindLinkAsync(secret, stop) is not { } hash
            || await openLink.FindAsync(hash, stop) is not { } link
            || await openLink.ReadAllAsync(link, stop) is not { } opened)
        {
            return LinkNotFound.Answer();
        }

        if (opened.Unreadable > 0)
        {
            // What is left out would vanish from somebody's calendar: they keep what they have
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var calendar = DeadlineCalendar.Write(opened.Organisation.Name, inspectorate.Value.Name, service.Value.BaseAddress!.Host, opened.Recommendations, opened.Situation.Today);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(calendar))[..32]}\"");
        return new FileContentResult(calendar, "text/calendar; charset=utf-8") { EntityTag = tag };
    }
}
