using System.Text.RegularExpressions;
using FollowUp.Access;
using Microsoft.AspNetCore.Routing.Template;

namespace FollowUp.Doors;

/// <summary>The functions and the service do not fit together, which a person has to mend.</summary>
internal sealed class BadDoorsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Compares the functions that the host will call with what the service answers, so that a door into nothing, or past the table of rules, is found at the start.</summary>
internal static partial class FunctionDoors
{
    // Files and the steps of signing in have no endpoints: what stands before them answers
    private static readonly HashSet<string> WithoutEndpoints = new(["assets/{}", "favicon.ico", "robots.txt", "signin-oidc", "signout-callback-oidc"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Fails with all faults; a folder without any function is a hosting that has none.</summary>
    /// <exception cref="BadDoorsException">Something does not fit.</exception>
    public static void Require(string folder)
    {
        var faults = new List<string>();
        var doors = FunctionDoor.ReadAll(folder, faults);
        if (doors.Count == 0 && faults.Count == 0)
        {
            return;
        }

        faults.AddRange(HostFile.FaultsIn(folder));
        var triggers = AccessRules.All.Where(rule => rule.Rule is AccessRule.HostOnly).Select(rule => rule.Pattern).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(doors.Where(door => door.Route is null && !triggers.Contains(door.Name))
            .Select(door => $"{door.Name}/function.json names no use case: there is no POST {door.Name} among the trigger doors."));
        faults.AddRange(triggers.Except(doors.Where(door => door.Route is null).Select(door => door.Name))
            .Select(trigger => $"The trigger door {trigger} has no {trigger}/function.json, so nothing would ever call it."));
        faults.AddRange(doors.Where(door => door.Route is not null || triggers.Contains(door.Name)).SelectMany(Bindings.FaultsIn));
        foreach (var door in doors.Where(door => door.Route is not null))
        {
            faults.AddRange(FaultsOf(door, doors, triggers));
        }

        if (faults.Count > 0)
        {
            throw new BadDoorsException([.. faults.Distinct()]);
        }
    }

    private static IEnumerable<string> FaultsOf(FunctionDoor door, IReadOnlyList<FunctionDoor> doors, IReadOnlySet<string> triggers)
    {
        if (!IsTemplate(door.Route!))
        {
            yield return $"{door.Name}/function.json has the route “{door.Route}”, which is no route template: write one such as staff/{{*path}}.";
            yield break;
        }

        if (!WithoutEndpoints.Contains(Shape(door.Route!)) && !AccessRules.All.Any(rule => rule.Rule is not AccessRule.HostOnly && LeadsTo(door.Route!, rule.Pattern)))
        {
            yield return $"{door.Name}/function.json has the route “{door.Route}”, and the table of rules says of no route there who may use it.";
        }

        foreach (var trigger in triggers.Where(trigger => LeadsTo(door.Route!, trigger)))
        {
            yield return $"{door.Name}/function.json has the route “{door.Route}”, which lets anybody call the trigger door {trigger}.";
        }

        foreach (var other in doors.Where(other => other.Route is not null && Shape(other.Route) == Shape(door.Route!) && string.CompareOrdinal(door.Name, other.Name) < 0 && Share(door, other)))
        {
            yield return $"{door.Name}/function.json and {other.Name}/function.json have the same route “{door.Route}”: only the first would ever be called.";
        }
    }

    private static bool Share(FunctionDoor one, FunctionDoor other) => one.Methods.Count == 0 || other.Methods.Count == 0 || one.Methods.Intersect(other.Methods).Any();

    private static bool IsTemplate(string route)
    {
        try
        {
            return (TemplateParser.Parse(route), Bare(route)) is not (null, null);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The route without its constraints.</summary>
    private static RouteTemplate Bare(string route) => TemplateParser.Parse(Parameter().Replace(route, match => match.Value.Split(':')[0].TrimEnd('}', '?') + "}"));

    /// <summary>Whether the host would send a path of a pattern through a door.</summary>
    private static bool LeadsTo(string route, string pattern)
    {
        var path = Parameter().Replace(pattern, "x");
        return route.Contains("maxlength(0)", StringComparison.Ordinal) ? path.Length == 0 : new TemplateMatcher(Bare(route), []).TryMatch("/" + path, []);
    }

    private static string Shape(string route) => Parameter().Replace(route.Trim('/'), "{}").ToUpperInvariant();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
