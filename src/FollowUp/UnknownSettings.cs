using System.Collections;
using FollowUp.Access;
using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Evidence;
using FollowUp.Replies;
using FollowUp.Telemetry;
using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>The settings that nobody reads: one that is misspelt would be passed over, and what it was to say would not hold.</summary>
internal sealed class UnknownSettings
{
    private const int FurthestMisspelling = 3;

    /// <summary>Every class is the section of its name. The storage's is missing, since the Functions host has settings of its own there.</summary>
    internal static readonly Type[] Sections =
    [
        typeof(ChasingSettings), typeof(DeadlinesSettings), typeof(EmailSettings), typeof(EvidenceSettings), typeof(FollowUpSettings), typeof(InspectorateSettings),
        typeof(KeyRingSettings), typeof(RepliesSettings), typeof(SendGridSettings), typeof(SignInSettings), typeof(TelemetrySettings),
    ];

    /// <summary>Each with the one that may be meant; null when none is alike.</summary>
    public List<(string Name, string? Meant)> Names { get; } = [];

    public void Find(IConfiguration configuration)
    {
        foreach (var type in Sections)
        {
            Find(configuration.GetSection(type.Name[..^"Settings".Length]), type);
        }
    }

    private void Find(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties().ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (!known.TryGetValue(setting.Key, out var property))
            {
                var meant = known.Keys.MinBy(name => Distance(name.ToUpperInvariant(), setting.Key.ToUpperInvariant()));
                Names.Add((NameOf(setting.Path), meant is not null && Distance(meant.ToUpperInvariant(), setting.Key.ToUpperInvariant()) <= FurthestMisspelling ? NameOf($"{section.Path}:{meant}") : null));
            }
            else if (property.IsGenericType && typeof(IEnumerable).IsAssignableFrom(property) && property.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string))
            {
                foreach (var one in setting.GetChildren())
                {
                    Find(one, item);
                }
            }
        }
    }

    private static string NameOf(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>How many letters have to be added, taken away or changed to make one word of another.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (left, above) = (i, i - 1);
            for (var j = 1; j <= other.Length; j++)
            {
                (left, above) = (Math.Min(Math.Min(row[j], left) + 1, above + (one[i - 1] == other[j - 1] ? 0 : 1)), row[j]);
                row[j] = left;
            }
        }

        return row[^1];
    }
}

internal sealed class SettingsAreKnown : IValidateOptions<UnknownSettings>
{
    public ValidateOptionsResult Validate(string? name, UnknownSettings options) => options.Names.Count == 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(options.Names.Select(unknown => $"{unknown.Name} is not a setting of FollowUp: {(unknown.Meant is { } meant ? $"write {meant}" : "look it up in docs/settings.md")}, or take it away."));
}
