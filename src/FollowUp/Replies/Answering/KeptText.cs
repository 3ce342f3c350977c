using FollowUp.Pages;
using FollowUp.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FollowUp.Replies;

/// <summary>Why a form was not taken.</summary>
internal enum KeptBecause
{
    /// <summary>The browser is signed in by the link no longer: opening it again helps.</summary>
    SessionEnded,

    /// <summary>The link does not open this any more, so opening it again is of no use.</summary>
    LinkEnded,

    /// <summary>Something failed on our side, or others were writing: sending it again helps.</summary>
    Failed,
}

/// <summary>
/// The answer to a form that could not be taken. Nothing of what was typed may be lost: the page carries it, and sends it
/// again once that can help; otherwise it only shows it.
/// </summary>
/// <param name="Fields">What the form has brought.</param>
/// <param name="Because">Why it was not taken.</param>
/// <param name="Message">What has happened, where that is known in words.</param>
/// <param name="Reference">By which we find what failed.</param>
internal sealed record KeptText(IReadOnlyList<(string Name, string Value)> Fields, KeptBecause Because, string? Message = null, string? Reference = null)
{
    /// <summary>The button that stands for the pressed one where a file had been chosen: nothing is sent without it.</summary>
    public const string FileLost = "chooseAgain";

    private const string AntiforgeryField = "__RequestVerificationToken";

    /// <summary>What the form says about itself, which nobody typed.</summary>
    private static readonly HashSet<string> NotTyped = new(StringComparer.OrdinalIgnoreCase) { AntiforgeryField, LinkNotFound.Field, "do", "seen", "formId", "files", "from", "position", "declared" };

    /// <summary>Whether a file had been chosen. It could not be kept.</summary>
    public bool HasLostFile => Fields.Contains(("do", FileLost));

    /// <summary>What to show, so that it can be copied if all else fails.</summary>
    public IReadOnlyList<(string Label, string Text)> Typed => KeptWords.Of(Fields);

    /// <summary>The page that keeps what was typed; null when nothing was.</summary>
    public static async Task<IActionResult?> AnswerAsync(HttpContext context, KeptBecause because = KeptBecause.SessionEnded, string? message = null)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var fields = form.Where(f => f.Key != AntiforgeryField).SelectMany(f => f.Value.Select(value => (f.Key, value ?? ""))).ToList();
            if (SentFile.Of(context) is { Name.Length: > 0 })
            {
                fields = [.. fields.Where(f => f.Key != "do"), ("do", FileLost)];
            }

            return form.ContainsKey(LinkNotFound.Field) || !fields.Any(f => !NotTyped.Contains(f.Key) && !string.IsNullOrWhiteSpace(f.Item2)) ? null : View(context, new KeptText(fields, because, message));
        }
        catch (Exception bad) when (bad is InvalidDataException or BadHttpRequestException)
        {
            // No form that anybody's browser sends: it is malformed, too large, or came too slowly
            return null;
        }
    }

    /// <summary>The same in place of an error page; null for what no form of ours has sent.</summary>
    /// <param name="context">The request that failed.</param>
    /// <param name="path">The address that it was sent to.</param>
    public static async Task<IActionResult?> RescueAsync(HttpContext context, PathString path) =>
        path.StartsWithSegments("/reply/for")
        && await AnswerAsync(context, KeptBecause.Failed, IsUnreadable(context) ? "Sorry, something in our records cannot be read. It has not been lost, and the inspectorate has been told." : null) is { } kept
        && (FormOrigin.IsOurs(context) || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            ? kept
            : null;

    private static bool IsUnreadable(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Error is UnreadableRowException;

    private static PartialViewResult View(HttpContext context, KeptText model)
    {
        var hasFailed = context.Response.StatusCode >= StatusCodes.Status500InternalServerError;
        return new PartialViewResult
        {
            ViewName = "/Replies/Answering/KeptText.cshtml",
            StatusCode = model.Because != KeptBecause.Failed ? StatusCodes.Status403Forbidden : hasFailed ? context.Response.StatusCode : StatusCodes.Status409Conflict,
            ViewData = new ViewDataDictionary<KeptText>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = hasFailed ? model with { Reference = Pages.Reference.Of(context) } : model },
        };
    }
}

/// <summary>
/// Where a browser has lost the cookie that makes its forms its own, as after a restart, a form from our own page is not
/// carried out, and what was typed is kept. A form from another site is refused and shows nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeepsTypedTextAttribute : Attribute, IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult && FormOrigin.IsOurs(context.HttpContext) && await KeptText.AnswerAsync(context.HttpContext) is { } kept)
        {
            context.Result = kept;
        }

        await next();
    }
}
