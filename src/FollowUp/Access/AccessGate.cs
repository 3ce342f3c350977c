using FollowUp.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace FollowUp.Access;

/// <summary>
/// Stands before every endpoint and asks the table of rules. Programs get problems (401, 403), people are sent to sign
/// in. With the staff's cookie, an unsafe method at the API needs the antiforgery header.
/// </summary>
internal sealed partial class AccessGate(RequestDelegate next, IAntiforgery antiforgery, IConfiguration configuration, ILogger<AccessGate> logger)
{
    private readonly bool underCoreTools = !string.IsNullOrEmpty(configuration[HostCall.CoreTools]);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        switch (AccessTable.Find(endpoint, context.Request.Method))
        {
            case null:
                context.Response.StatusCode = AccessTable.Knows(endpoint) ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
                return;
            case AccessRule.ByRole byRole:
                await LetInAsync(context, byRole);
                return;
            case AccessRule.HostOnly when !HostCall.Is(context, underCoreTools):
                AccessGateLog.NotFromTheHost(logger, AccessTable.Pattern(endpoint));
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            default:
                await next(context);
                return;
        }
    }

    private async Task LetInAsync(HttpContext context, AccessRule.ByRole rule)
    {
        var withToken = context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var result = await context.AuthenticateAsync(withToken ? JwtBearerDefaults.AuthenticationScheme : Staff.CookieScheme);
        if (!result.Succeeded)
        {
            await TurnAwayAsync(context);
            return;
        }

        context.User = result.Principal;
        if (!context.User.HasAny(rule.Roles))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (!withToken && IsApi(context) && !IsSafe(context.Request.Method) && !await antiforgery.IsRequestValidAsync(context))
        {
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "A request with the staff's cookie that changes something needs the header X-CSRF-TOKEN.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static async Task TurnAwayAsync(HttpContext context)
    {
        if (IsApi(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (await KeptForm.AnswerAsync(context, context.Request.Path, KeptFormBecause.SignedOut) is { } kept)
        {
            await kept.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
            return;
        }

        var backTo = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? context.Request.Path + context.Request.QueryString
            : "/staff";
        await context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = backTo });
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static partial class AccessGateLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A call of the trigger {Trigger} was refused: it does not look like the Functions host's own, which come to 127.0.0.1 and this port, in chunks (under Core Tools with their length) and without forwarding headers. If timers or the queue stand still, this is why.")]
        public static partial void NotFromTheHost(ILogger logger, string trigger);
    }
}

/// <summary>The table of rules, looked up by endpoint.</summary>
internal static class AccessTable
{
    private static readonly ILookup<string, (string Methods, AccessRule Rule)> ByPattern =
        AccessRules.All.ToLookup(r => r.Pattern, r => (r.Methods, r.Rule), StringComparer.OrdinalIgnoreCase);

    public static AccessRule? Find(RouteEndpoint endpoint, string method) =>
        ByPattern[Pattern(endpoint)].FirstOrDefault(r => r.Methods == "*" || r.Methods.Equals(HttpMethods.IsHead(method) ? "GET" : method, StringComparison.OrdinalIgnoreCase)).Rule;

    public static bool Knows(RouteEndpoint endpoint) => ByPattern.Contains(Pattern(endpoint));

    /// <summary>Fails when a route has no rule, so that nothing is open by being forgotten.</summary>
    public static void RequireRules(IEnumerable<Endpoint> endpoints)
    {
        var forgotten = endpoints.OfType<RouteEndpoint>().Where(e => !Knows(e)).Select(Pattern).Distinct().ToList();
        if (forgotten.Count > 0)
        {
            throw new InvalidOperationException($"These routes have no rule in Access/AccessRules.cs, so nobody has said who may use them: {string.Join(", ", forgotten)}");
        }
    }

    public static string Pattern(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";
}
