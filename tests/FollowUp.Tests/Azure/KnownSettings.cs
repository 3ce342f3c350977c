using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using FollowUp.Storage;

namespace FollowUp.Tests.Azure;

/// <summary>The settings that the service reads, from its options classes.</summary>
internal static class KnownSettings
{
    /// <summary>Every options class is the section of its name; the storage's is shared with the Functions host.</summary>
    public static IReadOnlyList<(string Name, PropertyInfo Property)> All { get; } =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           where type is { IsClass: true, IsPublic: true } && type.Name.EndsWith("Settings", StringComparison.Ordinal)
           from property in type.GetProperties()
           select (Name(type, property), property),
    ];

    public static bool IsRequired(PropertyInfo property) =>
        property.GetCustomAttribute<RequiredAttribute>() is not null && Default(property) is null or "";

    public static object? Default(PropertyInfo property) => property.GetValue(Activator.CreateInstance(property.DeclaringType!)) switch
    {
        Uri address => address.OriginalString,
        bool yes => yes ? "true" : "false",
        IList => null,
        var value => value?.ToString(),
    };

    private static string Name(Type type, PropertyInfo property)
    {
        if (type == typeof(StorageSettings))
        {
            return property.Name == nameof(StorageSettings.ConnectionString)
                ? "AzureWebJobsStorage"
                : $"AzureWebJobsStorage__{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";
        }

        var isList = typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != typeof(string);
        return $"{type.Name[..^"Settings".Length]}__{property.Name}{(isList ? "__0" : "")}";
    }
}
