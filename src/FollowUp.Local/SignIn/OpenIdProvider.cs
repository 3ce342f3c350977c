using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace FollowUp.Local.SignIn;

/// <summary>
/// The OpenID Connect provider in place of the inspectorate's own: authorization code with PKCE for the service's
/// pages, client credentials for its API. It keeps real time and remembers nobody.
/// </summary>
internal static class OpenIdProvider
{
    public const string Secret = "local";
    private const string Service = "followup";

    public static void AddSignIn(this IServiceCollection services, Uri issuer, Uri service, string keyFolder)
    {
        services.AddAuthentication();
        services.AddOpenIddict().AddServer(options =>
        {
            options.SetIssuer(issuer)
                .SetAuthorizationEndpointUris("connect/authorize")
                .SetTokenEndpointUris("connect/token")
                .SetEndSessionEndpointUris("connect/logout")
                .AllowAuthorizationCodeFlow()
                .RequireProofKeyForCodeExchange()
                .AllowClientCredentialsFlow()
                .RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.Roles)
                .RegisterClaims(Claims.Subject, Claims.Name, Claims.Email, SignInEndpoints.Roles)
                .AddSigningKey(SignInKeys.Signing(keyFolder))
                .AddEncryptionKey(SignInKeys.Encryption(keyFolder))
                .DisableAccessTokenEncryption()
                .SetAccessTokenLifetime(TimeSpan.FromHours(12))
                .EnableDegradedMode();
            options.UseAspNetCore()
                .EnableAuthorizationEndpointPassthrough()
                .EnableTokenEndpointPassthrough()
                .EnableEndSessionEndpointPassthrough()
                .DisableTransportSecurityRequirement();

            options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Service || context.RedirectUri != new Uri(service, "signin-oidc").AbsoluteUri)
                    context.Reject(Errors.InvalidRequest, $"Only the client {Service} signs people in, back to {service}signin-oidc.");
                return default;
            }));
            options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                var known = context.Request.GrantType == GrantTypes.ClientCredentials ? Person.Find(context.ClientId) is not null : context.ClientId == Service;
                if (!known || context.ClientSecret != Secret)
                    context.Reject(Errors.InvalidClient, "The client or its secret is not known.");
                return default;
            }));
            options.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.PostLogoutRedirectUri is { Length: > 0 } back && back != new Uri(service, "signout-callback-oidc").AbsoluteUri)
                    context.Reject(Errors.InvalidRequest, "That address is not the service's.");
                return default;
            }));
        });
    }
}
