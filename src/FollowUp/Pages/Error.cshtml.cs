using FollowUp.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace FollowUp.Pages;

/// <summary>Where every failed request ends, whatever its method was: a page for people, a problem for programs.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    internal const string Path = "/error";

    internal ErrorWords Words { get; private set; } = ErrorWords.NotFound;

    /// <summary>For errors on our side only.</summary>
    public string? Reference { get; private set; }

    /// <summary>Whether somebody is signed in who may not do this, and might as somebody else.</summary>
    public bool MaySignOut => Response.StatusCode == StatusCodes.Status403Forbidden && User.Identity is { IsAuthenticated: true };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path
            ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;
        // Asked for by its address, there is nothing to explain, and so no such page
        if (failed is null)
            Response.StatusCode = StatusCodes.Status404NotFound;
        var isUnreadable = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Error is UnreadableRowException;
        if (Response.StatusCode == StatusCodes.Status503ServiceUnavailable && !isUnreadable)
            Response.Headers.RetryAfter = "60";
        if (Audience.IsProgram(failed))
        {
            await Results.Problem(isUnreadable ? "A row that this needs cannot be read. Nothing was changed, and staff have a task." : null, statusCode: Response.StatusCode).ExecuteAsync(HttpContext);
            context.Result = new EmptyResult();
            return;
        }

        Words = isUnreadable ? ErrorWords.Unreadable : ErrorWords.For(Response.StatusCode);
        if (Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            Reference = Pages.Reference.Of(HttpContext);
            if (await HttpContext.RequestServices.GetRequiredService<IOptions<PagesOptions>>().Value.Rescue(HttpContext, failed ?? "") is { } kept)
            {
                context.Result = kept;
                return;
            }
        }

        await next();
    }
}

/// <summary>What went wrong and what to do, in words.</summary>
internal sealed record ErrorWords(string Title, params string[] Lines)
{
    public static ErrorWords NotFound { get; } = new("Page not found",
        "If you typed the web address, check it is correct.",
        "If you pasted the web address, check you copied all of it.",
        "If you used a link in an email, it may have ended or been replaced. Reply to the email and ask for a new link.");

    public static ErrorWords Unreadable { get; } = new("Sorry, this cannot be shown at the moment",
        "Something in our records cannot be read. It has not been lost, and nothing was changed by this step.",
        "The inspectorate has been told. Go back, or try again tomorrow.");

    public static ErrorWords For(int status) => status switch
    {
        400 => new("Your answer could not be read", "Nothing was saved. This can happen when a page was open for a long time.", "Go back, reload the page and try again."),
        401 or 403 => new("You cannot see this page", "You are not allowed to see this page or to do this.", "Ask an administrator of your inspectorate if you think you should be."),
        404 or 405 or 410 => NotFound,
        408 => new("Sending took too long", "Nothing was saved. Go back and try again, with a faster connection or a smaller file."),
        413 => new("What you sent is too large", "Nothing was saved. Go back and send less, or smaller files."),
        429 => new("Too many attempts", "Wait a few minutes and try again."),
        503 => new("Sorry, the service is unavailable", "You can use the service again soon. Nothing that you had saved is lost.", "Go back and try again in a few minutes."),
        _ => new("Sorry, there is a problem with the service", "Nothing was saved by this step. Go back and try again later."),
    };
}
