using System.ComponentModel.DataAnnotations;
using FollowUp.Email;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>
/// Where the link of an email leads. Mail scanners open it too and press its buttons, so looking at it changes nothing and
/// sends nothing: only somebody who knows what to type gets in, and on to addresses without the token.
/// </summary>
internal sealed class Entry(OpenLink openLink, LinkSession session, EntryTries tries, EntryCodes codes, IOptions<RepliesSettings> settings, IOptions<InspectorateSettings> inspectorate) : PageModel
{
    private OpenedLink opened = null!;

    /// <summary>The address that the person says the email came to.</summary>
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The code that the person has read in their mailbox.</summary>
    [BindProperty, DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? Code { get; set; }

    public Link Link { get; private set; } = null!;

    /// <summary>What the link shows; null while something is asked for first.</summary>
    public OpenedLink? Opened => IsBack || !Settings.AsksForAddress ? opened : null;

    /// <summary>Whether this browser has come in by the link before, not long ago, and is asked no more.</summary>
    public bool IsBack => Settings.AsksForAddress && session.Read(HttpContext, Link.Id) == Link.Hash;

    /// <summary>Whether the code is asked for now.</summary>
    public bool WantsCode { get; private set; }

    /// <summary>Whether another code was asked for.</summary>
    public bool AskedAgain { get; private set; }

    public string Inspectorate => inspectorate.Value.Name;

    public RepliesSettings Settings => settings.Value;

    private CancellationToken Stop => HttpContext.RequestAborted;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
        }
        else if (LinkToken.Read(RouteData.Values["token"] as string) is { } token && await openLink.FindAsync(token.Hash, Stop) is { } link && await openLink.ReadAllAsync(link, Stop) is { } found)
        {
            (Link, opened) = (link, found);
            await next();
        }
        else
        {
            context.Result = await LinkNotFound.AnswerAsync(HttpContext);
        }
    }

    /// <summary>Looking at a link changes nothing, and leads nowhere by itself.</summary>
    public IActionResult OnGet() => Page();

    /// <param name="do">The button that was pressed: <c>again</c> has another code sent.</param>
    public async Task<IActionResult> OnPostAsync(string? @do) =>
        Opened is not null ? Enter()
        : Settings.AsksForCode && Code is not null && @do != "again" ? await TryCodeAsync()
        : await TryAddressAsync(askedAgain: @do == "again");

    private async Task<IActionResult> TryAddressAsync(bool askedAgain)
    {
        if (string.IsNullOrWhiteSpace(Email))
        {
            return Again(nameof(Email), "Enter the email address that the email was sent to");
        }

        if (!await tries.CountAsync(Link, Stop))
        {
            return TooMany();
        }

        if (!EmailAddress.TryParse(Email, null, out var address) || address != Link.Contact.Email)
        {
            return Again(nameof(Email), "This is not the address that the email was sent to. Look for it in the “To” line of the email");
        }

        if (!Settings.AsksForCode)
        {
            return Enter();
        }

        await codes.SendAsync(Link, Stop);
        ModelState.Remove(nameof(Code));
        (WantsCode, AskedAgain, Code) = (true, askedAgain, null);
        return Page();
    }

    private async Task<IActionResult> TryCodeAsync()
    {
        WantsCode = true;
        if (string.IsNullOrWhiteSpace(Code))
        {
            return Again(nameof(Code), "Enter the code that we sent to you");
        }

        if (!await tries.CountAsync(Link, Stop))
        {
            return TooMany();
        }

        return await codes.TryAsync(Link, Code, Stop) switch
        {
            CodeVerdict.Right => Enter(),
            CodeVerdict.Wrong => Again(nameof(Code), "This is not the code that we sent to you. Check it, and use the newest email if there are several"),
            _ => Again(nameof(Code), "This code cannot be used any more. Ask for another one"),
        };
    }

    private IActionResult Enter()
    {
        session.Start(HttpContext, Link);
        // A single one is what the person came for
        return this.SeeOther(opened is { Recommendations: [var only], Unreadable: 0 } ? $"/reply/for/{Link.Id}/{only.State.Id}" : $"/reply/for/{Link.Id}");
    }

    private PageResult Again(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private StatusCodeResult TooMany()
    {
        Response.Headers.RetryAfter = $"{EntryTries.Stretch.TotalSeconds}";
        return StatusCode(StatusCodes.Status429TooManyRequests);
    }
}
