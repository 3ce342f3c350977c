using System.Security.Claims;
using FollowUp.Local.Home;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace FollowUp.Local.SignIn;

/// <summary>Asks who signs in, every time, and hands out what the provider signs.</summary>
internal static class SignInEndpoints
{
    public const string Roles = "roles";
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string Choice = "person";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapMethods("/connect/authorize", ["GET", "POST"], Authorize);
        app.MapPost("/connect/token", (Delegate)TokenAsync);
        app.MapMethods("/connect/logout", ["GET", "POST"], () => Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Scheme]));
    }

    private static IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return Person.Find((string?)request[Choice]) is { } person
            ? Results.SignIn(Principal(person, request.GetScopes()), authenticationScheme: Scheme)
            : Layout.Page("Who is signing in?", Choices(request));
    }

    private static async Task<IResult> TokenAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
            return Results.SignIn(Principal(Person.Find(request.ClientId)!, request.GetScopes()), authenticationScheme: Scheme);

        var code = await context.AuthenticateAsync(Scheme);
        return Results.SignIn(code.Principal!, authenticationScheme: Scheme);
    }

    private static ClaimsPrincipal Principal(Person person, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(Scheme, Claims.Name, Roles);
        identity.SetClaim(Claims.Subject, person.Id)
            .SetClaim(Claims.Name, person.Name)
            .SetClaim(Claims.Email, person.Email)
            .SetClaims(Roles, [person.Role])
            .SetScopes(scopes)
            .SetResources("followup")
            .SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static string Choices(OpenIddictRequest request)
    {
        var asked = string.Concat(request.GetParameters()
            .Where(parameter => parameter.Key != Choice)
            .Select(parameter => $"<input type=\"hidden\" name=\"{Layout.Encode(parameter.Key)}\" value=\"{Layout.Encode((string?)parameter.Value)}\">"));
        var rows = string.Concat(Person.All.Select(person => $"""
            <tr><td><button name="{Choice}" value="{person.Id}">{Layout.Encode(person.Name)} ({person.Role})</button></td><td>{Layout.Encode(person.Does)}</td></tr>
            """));
        return $"""
            <p>These people are invented. The console asks at every sign-in and remembers nobody.</p>
            <form method="post" action="/connect/authorize">{asked}
            <table><thead><tr><th>Person</th><th>Role</th><th></th></tr></thead><tbody>{rows}</tbody></table>
            </form>
            """;
    }
}
