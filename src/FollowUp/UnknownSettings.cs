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
    private const string Storage = "AzureWebJobsStorage";

    // The host has others of its own there
    private static readonly string[] OfStorage = ["accountName", "clientId", "credential"];

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
            Find(configuration.GetSection(NameOf(type)), type);
        }

        foreach (var other in configuration.GetChildren().Where(child => !Sections.Any(type => NameOf(type).Equals(child.Key, StringComparison.OrdinalIgnoreCase))))
        {
            FindInWrongSection(other);
        }

        foreach (var setting in configuration.GetSection(Storage).GetChildren())
        {
            var meant = OfStorage.MinBy(name => Distance(name, setting.Key))!;
            if (Distance(meant, setting.Key) is > 0 and <= FurthestMisspelling)
            {
                Names.Add((NameOf(setting.Path), NameOf($"{Storage}:{meant}")));
            }
        }
    }

    /// <summary>A setting of a section whose name is misspelt, or whose name is tied to it by something else than two underscores. What others have set is none of ours.</summary>
    private void FindInWrongSection(IConfigurationSection other)
    {
        foreach (var (type, setting) in Sections.SelectMany(type => type.GetProperties().Select(property => (type, property.Name))))
        {
            var section = NameOf(type);
            var isTied = other.Key.StartsWith(section, StringComparison.Ordinal) && other.Key.Length - section.Length - setting.Length is 0 or 1 && other.Key.EndsWith(setting, StringComparison.OrdinalIgnoreCase);
            if (isTied)
            {
                Names.Add((other.Key, NameOf($"{section}:{setting}")));
            }

            if (Distance(section, other.Key) <= FurthestMisspelling && other.GetChildren().FirstOrDefault(child => child.Key.Equals(setting, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                Names.Add((NameOf(known.Path), NameOf($"{section}:{setting}")));
            }
        }
    }

    private void Find(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties().ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (!known.TryGetValue(setting.Key, out var property))
            {
                var meant = known.Keys.MinBy(name => Distance(name, setting.Key));
                Names.Add((NameOf(setting.Path), meant is not null && Distance(meant, setting.Key) <= FurthestMisspelling ? NameOf($"{section.Path}:{meant}") : null));
            }
            else if (!property.IsGenericType && setting.GetChildren().FirstOrDefault() is { } below)
            {
                Names.Add((NameOf(below.Path), NameOf(setting.Path)));
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

    private static string NameOf(Type section) => section.Name[..^"Settings".Length];

    private static string NameOf(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>How many letters have to be added, taken away or changed to make one word of another, in capitals or not.</summary>
    private static int Distance(string one, string other)
    {
        (one, other) = (one.ToUpperInvariant(), other.ToUpperInvariant());
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
