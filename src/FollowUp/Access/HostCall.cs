using FollowUp.Pages;

namespace FollowUp.Access;

/// <summary>
/// Knows a call of the Functions host itself, for a timer or the queue, from one that the host hands on for others. The
/// host calls the port that it has given to this process, at 127.0.0.1. What it hands on never looks so, even where its
/// clean-up of a path with dots leads to a trigger's path: in proxying mode it sets forwarding headers; in forwarding
/// mode the Host header is still the visitor's, and in Azure the platform's front has added its own headers to it. The
/// body comes in chunks, which forwarding mode never hands on; only under Core Tools, which write it down first, it comes
/// with its length.
/// </summary>
internal static class HostCall
{
    /// <summary>What Core Tools set for the host and its children, and nobody sets in Azure.</summary>
    public const string CoreTools = "FUNCTIONS_CORETOOLS_ENVIRONMENT";

    private static readonly string[] AddedOnTheWay = ["X-Forwarded-", "X-ARR-", "DISGUISED-HOST"];

    public static bool Is(HttpContext context, bool underCoreTools) =>
        IsForThisProcess(context) && HasItsBody(context.Request, underCoreTools) && !CameFromElsewhere(context.Request);

    private static bool IsForThisProcess(HttpContext context)
    {
        var host = context.Features.Get<AskedHost>()?.Host ?? context.Request.Host;
        return host.Host is "127.0.0.1" or "localhost" && host.Port == context.Connection.LocalPort;
    }

    private static bool HasItsBody(HttpRequest request, bool underCoreTools) => request.ContentLength is { } length
        ? underCoreTools && length > 0
        : request.Headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase);

    private static bool CameFromElsewhere(HttpRequest request) =>
        request.Headers.Keys.Any(name => AddedOnTheWay.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)));
}
