using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Replies;

/// <summary>A page behind a link's cookie. Each request reads the link's row again, so a revoked link ends at once.</summary>
[KeepsTypedText]
internal abstract class LinkPage(LinkSession session, OpenLink openLink) : PageModel
{
    public Link Link { get; private set; } = null!;

    public OpenedLink Opened { get; private set; } = null!;

    /// <summary>Those above may read and not answer.</summary>
    public bool MayAnswer => ReplyRule.MayAnswer(Link.Contact);

    public string Home => $"/reply/for/{Link.Id}";

    protected CancellationToken Stop => HttpContext.RequestAborted;

    protected OpenLink OpenLink => openLink;

    public sealed override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
        }
        else if (await OpenAsync())
        {
            ViewData["TellsOrigin"] = true;
            await next();
        }
        else
        {
            var isSignedIn = RouteData.Values["linkId"] is string linkId && session.Read(HttpContext, linkId) is not null;
            context.Result = await KeptText.AnswerAsync(HttpContext, isSignedIn ? KeptBecause.LinkEnded : KeptBecause.SessionEnded) ?? await LinkNotFound.AnswerAsync(HttpContext);
        }
    }

    /// <summary>Reads what the page shows; null when the link does not show it.</summary>
    protected abstract Task<OpenedLink?> ReadAsync(Link link);

    /// <summary>Sets the page's problems in place of what the binding made of the input.</summary>
    protected void Show(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
        }
    }

    /// <summary>Puts a typed date into the page as it was typed.</summary>
    protected void Put(string field, TypedDate? date)
    {
        Put(field + ".Day", date?.Day);
        Put(field + ".Month", date?.Month);
        Put(field + ".Year", date?.Year);
    }

    private void Put(string field, string? text) => ModelState.SetModelValue(field, text, text);

    private async Task<bool> OpenAsync()
    {
        if (RouteData.Values["linkId"] is not string linkId
            || session.Read(HttpContext, linkId) is not { } hash
            || await openLink.FindAsync(hash, Stop) is not { } link
            || link.Id != linkId
            || await ReadAsync(link) is not { } opened)
        {
            return false;
        }

        Link = link;
        Opened = opened;
        return true;
    }
}
