using System.Security.Claims;
using FollowUp.Recommendations;

namespace FollowUp.Access;

/// <summary>What a person of the staff, or a program of theirs, may do.</summary>
public enum Role
{
    /// <summary>Reads everything.</summary>
    Viewer,

    /// <summary>Keeps the directory, registers and issues inspections, moves deadlines.</summary>
    Registrar,

    /// <summary>Judges, closes and reopens, moves deadlines.</summary>
    Reviewer,

    /// <summary>Does all of it, and keeps ladder, holidays and holds.</summary>
    Administrator,
}

/// <summary>Who is signed in.</summary>
internal static class Staff
{
    /// <summary>The claim that holds a role's name, as Entra ID's app roles do.</summary>
    public const string RolesClaim = "roles";

    /// <summary>The staff's cookie.</summary>
    public const string CookieScheme = "Staff";

    /// <summary>Whether somebody has a role; an administrator has all, and every role reads.</summary>
    public static bool Has(this ClaimsPrincipal user, Role role) =>
        user.HasClaim(RolesClaim, Name(Role.Administrator))
        || user.HasClaim(RolesClaim, Name(role))
        || role == Role.Viewer && Enum.GetValues<Role>().Any(r => user.HasClaim(RolesClaim, Name(r)));

    public static bool HasAny(this ClaimsPrincipal user, params IEnumerable<Role> roles) => roles.Any(user.Has);

    /// <summary>The person as the record names them.</summary>
    public static Actor AsActor(this ClaimsPrincipal user) => new(
        ActorKind.Staff,
        user.FindFirstValue("name") ?? user.FindFirstValue("sub") ?? user.FindFirstValue("azp") ?? "Staff",
        user.FindFirstValue("email") ?? user.FindFirstValue("preferred_username"));

    public static string Name(Role role) => role.ToString().ToLowerInvariant();
}
