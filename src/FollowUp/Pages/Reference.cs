using System.Diagnostics;

namespace FollowUp.Pages;

/// <summary>The number by which a person can name the request that failed; the logs carry the same.</summary>
internal static class Reference
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
