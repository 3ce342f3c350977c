using FollowUp.Email;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>
/// Where the link of an email leads. Mail scanners open it too, so looking at it changes nothing: only a person's
/// press of the button starts, and leads on to addresses without the token.
/// </summary>
internal sealed class Entry(OpenLink openLink, LinkSession session, EntryTries tries, IOptions<RepliesSettings> settings, IOptions<InspectorateSettings> inspectorate) : PageModel
{
    /// <summary>The address that the person says the email came to.</summary>
    [BindProperty]
    public string? Email { get; set; }

    public Link Link { get; private set; } = null!;

    /// <summary>What the link shows; null while the address is asked for first.</summary>
    public OpenedLink? Opened { get; private set; }

    public string Inspectorate => inspectorate.Value.Name;

    public bool AsksForAddress => settings.Value.AsksForAddress;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
        }
        else if (LinkToken.Read(RouteData.Values["token"] as string) is { } token && await openLink.FindAsync(token.Hash, HttpContext.RequestAborted) is { } link)
        {
            Link = link;
            await next();
        }
        else
        {
            context.Result = LinkNotFound.Answer();
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (AsksForAddress)
        {
            return Page();
        }

        Opened = await openLink.ReadAllAsync(Link, stop);
        return Opened is null ? LinkNotFound.Answer() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (AsksForAddress && !await KnowsAddressAsync(stop))
        {
            return Response.StatusCode == StatusCodes.Status429TooManyRequests ? StatusCode(Response.StatusCode) : Page();
        }

        if (await openLink.ReadAllAsync(Link, stop) is not { } opened)
        {
            return LinkNotFound.Answer();
        }

        session.Start(HttpContext, Link);
        // A single one is what the person came for
        return this.SeeOther(opened.Recommendations is [var only] ? $"/reply/for/{Link.Id}/{only.State.Id}" : $"/reply/for/{Link.Id}");
    }

    private async Task<bool> KnowsAddressAsync(CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(Email))
        {
            ModelState.AddModelError(nameof(Email), "Enter the email address that the email was sent to");
            return false;
        }

        if (!await tries.CountAsync(Link, stop))
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = $"{EntryTries.Stretch.TotalSeconds}";
            return false;
        }

        if (EmailAddress.TryParse(Email, null, out var address) && address == Link.Contact.Email)
        {
            return true;
        }

        ModelState.AddModelError(nameof(Email), "This is not the address that the email was sent to. Look for it in the “To” line of the email");
        return false;
    }
}
