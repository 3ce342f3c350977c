using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Pages;

/// <summary>How a form that worked is answered.</summary>
internal static class Outcomes
{
    public const string Success = "Success";

    /// <summary>Sends the browser on with a GET, so that reloading repeats nothing; the next page says what was done.</summary>
    public static IActionResult RedirectWithSuccess(this PageModel page, string address, string message)
    {
        page.TempData[Success] = message;
        return page.SeeOther(address);
    }

    /// <summary>Sends the browser on with a GET.</summary>
    public static IActionResult SeeOther(this PageModel page, string address)
    {
        page.Response.Headers.Location = address;
        return page.StatusCode(StatusCodes.Status303SeeOther);
    }
}
