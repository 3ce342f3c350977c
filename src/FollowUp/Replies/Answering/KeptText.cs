using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>
/// The answer to a form that was sent by somebody whose session has ended. Nothing may be written for them, and nothing of
/// what they typed may be lost: the page carries it, and sends it once they have opened their link again. Where it is not
/// the session that has ended, opening the link again is of no use, and the page only shows what was typed.
/// </summary>
/// <param name="Fields">What the form has brought.</param>
/// <param name="IsSignedIn">Whether the browser is signed in by the link, which does not open this any more.</param>
/// <param name="IsUnreadable">Whether it is a row that cannot be read which keeps this from being taken.</param>
internal sealed record KeptText(IReadOnlyList<(string Name, string Value)> Fields, bool IsSignedIn, bool IsUnreadable)
{
    /// <summary>The button that stands for the pressed one where a file had been chosen: nothing is sent without it.</summary>
    public const string FileLost = "chooseAgain";

    private const string AntiforgeryField = "__RequestVerificationToken";

    /// <summary>What the form says about itself, which nobody typed.</summary>
    private static readonly HashSet<string> NotTyped = new(StringComparer.OrdinalIgnoreCase) { AntiforgeryField, LinkNotFound.Field, "do", "seen", "formId", "files", "position", "declared" };

    /// <summary>Whether a file had been chosen. It could not be kept.</summary>
    public bool HasLostFile => Fields.Contains(("do", FileLost));

    /// <summary>What to show, so that it can be copied if all else fails.</summary>
    public IReadOnlyList<(string Label, string Text)> Typed => KeptWords.Of(Fields);

    /// <summary>The page that keeps what was typed; null when nothing was.</summary>
    public static async Task<IActionResult?> AnswerAsync(HttpContext context, bool isSignedIn = false, bool isUnreadable = false)
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

            return form.ContainsKey(LinkNotFound.Field) || !fields.Any(f => !NotTyped.Contains(f.Key) && !string.IsNullOrWhiteSpace(f.Item2)) ? null : View(new KeptText(fields, isSignedIn, isUnreadable));
        }
        catch (InvalidDataException)
        {
            // No form that anybody's browser sends
            return null;
        }
    }

    private static PartialViewResult View(KeptText model) => new()
    {
        ViewName = "/Replies/Answering/KeptText.cshtml",
        StatusCode = model.IsUnreadable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden,
        ViewData = new ViewDataDictionary<KeptText>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model },
    };
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
        if (context.Result is IAntiforgeryValidationFailedResult && IsFromOurPage(context.HttpContext) && await KeptText.AnswerAsync(context.HttpContext) is { } kept)
        {
            context.Result = kept;
        }

        await next();
    }

    private static bool IsFromOurPage(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site == "same-origin"
            : context.Request.Headers.Origin == context.RequestServices.GetRequiredService<IOptions<FollowUpSettings>>().Value.BaseAddress.GetLeftPart(UriPartial.Authority);
}
