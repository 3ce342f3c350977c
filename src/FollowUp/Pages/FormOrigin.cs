using Microsoft.Extensions.Options;

namespace FollowUp.Pages;

/// <summary>Where a form comes from, as the browser says.</summary>
internal static class FormOrigin
{
    /// <summary>Whether one of our own pages sent it.</summary>
    public static bool IsOurs(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site == "same-origin"
            : context.Request.Headers.Origin == context.RequestServices.GetRequiredService<IOptions<PagesOptions>>().Value.BaseAddress?.GetLeftPart(UriPartial.Authority);
}
