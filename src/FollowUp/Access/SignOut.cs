using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace FollowUp.Access;

internal static class SignOut
{
    /// <summary>Ends the session here and at the provider.</summary>
    public static async Task<IResult> RunAsync(HttpContext context, IAntiforgery antiforgery) =>
        await antiforgery.IsRequestValidAsync(context)
            ? Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Staff.CookieScheme, OpenIdConnectDefaults.AuthenticationScheme])
            : Results.StatusCode(StatusCodes.Status400BadRequest);
}
