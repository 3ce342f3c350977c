using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Replies;

/// <summary>Every address below /reply that is none: half a link is answered as an unknown one.</summary>
[IgnoreAntiforgeryToken]
internal sealed class UnknownLink : PageModel
{
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        context.Result = await LinkNotFound.AnswerAsync(HttpContext);
}
