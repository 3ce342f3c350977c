using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FollowUp.Access;

/// <summary>Who comes in: staff by OpenID Connect and a session cookie, programs by bearer token, everybody by the one table of rules.</summary>
internal static class AccessRoom
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInSettings>().Bind(configuration.GetSection("SignIn")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInSettings>, SignInSettingsRules>();
        services.AddSingleton<IValidateOptions<SignInSettings>, AuthorityIsSound>();
        services.AddSingleton<IValidateOptions<SignInSettings>, SessionIsSound>();
        services.AddKeyRing(configuration);
        services.AddAuthentication(Staff.CookieScheme)
            .AddCookie(Staff.CookieScheme)
            .AddOpenIdConnect()
            .AddJwtBearer();
        services.AddOptions<CookieAuthenticationOptions>(Staff.CookieScheme).Configure<IOptions<SignInSettings>, IOptions<FollowUpSettings>>(Session);
        services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<IOptions<SignInSettings>, IOptions<FollowUpSettings>>(SignIn);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<SignInSettings>>(Tokens);
        return services;
    }

    private static void Session(CookieAuthenticationOptions cookie, IOptions<SignInSettings> settings, IOptions<FollowUpSettings> service)
    {
        cookie.Cookie.Name = service.Value.IsSecure ? "__Host-followup-staff" : "followup-staff";
        cookie.Cookie.SecurePolicy = Policy(service);
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        // Roles are read when somebody signs in, so no page may prolong a session
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(settings.Value.SessionMinutes);
        cookie.SlidingExpiration = false;
    }

    private static void SignIn(OpenIdConnectOptions oidc, IOptions<SignInSettings> settings, IOptions<FollowUpSettings> service)
    {
        oidc.Authority = settings.Value.Authority.ToString();
        oidc.RequireHttpsMetadata = settings.Value.Authority.Scheme == Uri.UriSchemeHttps;
        oidc.ClientId = settings.Value.ClientId;
        oidc.ClientSecret = settings.Value.ClientSecret;
        oidc.SignInScheme = Staff.CookieScheme;
        oidc.SignOutScheme = Staff.CookieScheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add("profile");
        oidc.Scope.Add("email");
        oidc.CallbackPath = "/signin-oidc";
        oidc.SignedOutCallbackPath = "/signout-callback-oidc";
        oidc.SignedOutRedirectUri = "/";
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.TokenValidationParameters.RoleClaimType = Staff.RolesClaim;
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = Policy(service);
        }

        oidc.CorrelationCookie.Name = "followup-correlation.";
        oidc.NonceCookie.Name = "followup-nonce.";
        oidc.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void Tokens(JwtBearerOptions bearer, IOptions<SignInSettings> settings)
    {
        bearer.Authority = settings.Value.Authority.ToString();
        bearer.RequireHttpsMetadata = settings.Value.Authority.Scheme == Uri.UriSchemeHttps;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters.ValidAudience = settings.Value.Audience;
        bearer.TokenValidationParameters.NameClaimType = "name";
        bearer.TokenValidationParameters.RoleClaimType = Staff.RolesClaim;
    }

    private static CookieSecurePolicy Policy(IOptions<FollowUpSettings> service) =>
        service.Value.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
}
