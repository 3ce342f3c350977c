using System.Security.Claims;

namespace FollowUp.Access;

/// <summary>What pages ask before they offer something. The table of routes is what holds; this only reads it.</summary>
internal static class Permissions
{
    /// <summary>Whether somebody may use a route.</summary>
    /// <param name="user">Who.</param>
    /// <param name="method">As in <c>POST</c>.</param>
    /// <param name="pattern">The route's pattern, as the table writes it.</param>
    public static bool May(this ClaimsPrincipal user, string method, string pattern) =>
        AccessRules.All.Any(rule =>
            rule.Pattern == pattern
            && (rule.Methods == "*" || rule.Methods == method)
            && rule.Rule is AccessRule.ByRole { Roles: var roles }
            && user.HasAny(roles));
}
