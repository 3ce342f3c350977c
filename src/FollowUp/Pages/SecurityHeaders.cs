using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FollowUp.Pages;

/// <summary>
/// The headers of every answer. Links to a page carry secrets in their address, so nothing is stored, framed,
/// or told to another site, and only the service's own scripts and styles run.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<PagesOptions> options)
{
    private readonly (string Name, string Value)[] _always = [.. Always(options.Value)];

    /// <summary>A file with its version in the address may be kept for ever; any other is asked for again.</summary>
    public static StaticFileOptions Files { get; } = new()
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
    };

    public Task InvokeAsync(HttpContext context)
    {
        // On starting: the exception handler clears whatever was set before
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            foreach (var (name, value) in _always)
                headers[name] = value;
            // What others uploaded is handed out to keep, and could not do anything if it were shown
            if (headers.ContentDisposition.ToString().StartsWith("attachment", StringComparison.Ordinal))
                headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
            // A calendar is asked for again and again: it may be kept, if the service agrees each time
            var isCalendar = headers.ETag.Count > 0 && context.Response.ContentType?.StartsWith("text/calendar", StringComparison.Ordinal) == true;
            if (!Audience.IsFile(context) || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
                headers.CacheControl = isCalendar ? "private, no-cache" : "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static IEnumerable<(string Name, string Value)> Always(PagesOptions options)
    {
        // A redirect after a form counts as the form's target, so signing in and out elsewhere must be named
        var formAction = string.Join(' ', ["'self'", .. options.FormTargets]);
        yield return (HeaderNames.ContentSecurityPolicy,
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'none'; object-src 'none'; " +
            $"base-uri 'none'; frame-ancestors 'none'; form-action {formAction}");
        yield return ("Referrer-Policy", "no-referrer");
        yield return (HeaderNames.XContentTypeOptions, "nosniff");
        yield return (HeaderNames.XFrameOptions, "DENY");
        yield return ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
        yield return ("Cross-Origin-Opener-Policy", "same-origin");
        yield return ("Cross-Origin-Resource-Policy", "same-origin");
        yield return ("X-Robots-Tag", "noindex, nofollow");
        if (options.IsHttps)
            yield return (HeaderNames.StrictTransportSecurity, "max-age=31536000; includeSubDomains");
    }
}
