using FollowUp.Email;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FollowUp.Replies;

/// <summary>The page of every link that opens nothing: whether it offers the form or says what happens now.</summary>
/// <param name="Typed">The address that somebody typed.</param>
/// <param name="Asked">Whether a new link was asked for.</param>
/// <param name="Action">Where the form goes; null when that is the page's own address, which then knows a token.</param>
internal sealed record DeadEnd(string? Typed = null, bool Asked = false, string? Action = LinkNotFound.NoLink);

/// <summary>
/// The one answer to every link that opens nothing, whatever the reason, byte for byte the same but for where its form goes,
/// which only the shape of the address decides. It offers a new link, to
/// an address on record alone; what is answered to that, and after what time, tells nothing about addresses either.
/// </summary>
internal static class LinkNotFound
{
    /// <summary>The field of the address; a name of its own, since the form may stand at the address of another.</summary>
    public const string Field = "newLinkFor";

    /// <summary>An address that is no link's and takes the form for all pages that may only be looked at.</summary>
    public const string NoLink = "/reply/none";

    /// <summary>Sending takes some time and not sending none, so both wait until this long after they began.</summary>
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMilliseconds(300);

    public static IActionResult Answer() => View(StatusCodes.Status404NotFound, new DeadEnd());

    /// <summary>The page; or, when somebody has asked on it for a new link, what is done about that.</summary>
    public static async Task<IActionResult> AnswerAsync(HttpContext context)
    {
        var action = context.GetRouteValue("token") is null ? NoLink : null;
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || await TypedAsync(context) is not { } typed)
        {
            return View(StatusCodes.Status404NotFound, new DeadEnd(Action: action));
        }

        if (!EmailAddress.TryParse(typed, null, out var address))
        {
            return View(StatusCodes.Status404NotFound, new DeadEnd(typed, Action: action), typed.Trim().Length == 0 ? "Enter your email address" : EmailAddress.Expected);
        }

        var began = TimeProvider.System.GetTimestamp();
        await context.RequestServices.GetRequiredService<SendNewLink>().RunAsync(LinkToken.Read(context.GetRouteValue("token") as string), address, context.RequestAborted);
        var left = AnswerTakes - TimeProvider.System.GetElapsedTime(began);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, context.RequestAborted);
        return View(StatusCodes.Status200OK, new DeadEnd(Asked: true));
    }

    /// <summary>What was typed into the form; null when it was not that form that was sent, or another site sent it.</summary>
    private static async Task<string?> TypedAsync(HttpContext context)
    {
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return form.TryGetValue(Field, out var typed) && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context) ? typed.ToString() : null;
        }
        catch (Exception bad) when (bad is InvalidDataException or BadHttpRequestException)
        {
            // No form that anybody's browser sends: it is malformed, too large, or came too slowly
            return null;
        }
    }

    private static PartialViewResult View(int status, DeadEnd model, string? problem = null)
    {
        var state = new ModelStateDictionary();
        if (problem is not null)
        {
            state.AddModelError(Field, problem);
        }

        return new PartialViewResult
        {
            ViewName = "/Replies/Entering/LinkNotFound.cshtml",
            StatusCode = status,
            ViewData = new ViewDataDictionary<DeadEnd>(new EmptyModelMetadataProvider(), state) { Model = model },
        };
    }
}
