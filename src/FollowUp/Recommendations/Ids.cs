using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>An inspection's id, made of its area and month: <c>gloucestershire-2017-08</c>, a second one <c>gloucestershire-2017-08-2</c>.</summary>
public readonly partial record struct InspectionId : ITextValue<InspectionId>
{
    private readonly string? value;

    private InspectionId(string value) => this.value = value;

    public static string Expected => "An inspection’s id has small letters, digits and hyphens, such as gloucestershire-2017-08";

    /// <summary>The id for the so-manieth inspection of an area and month.</summary>
    public static InspectionId For(string area, DateOnly publishedOn, int ordinal)
    {
        var slug = NotSlug().Replace(area.ToLowerInvariant().Replace("&", " and ", StringComparison.Ordinal), "-").Trim('-');
        slug = slug.Length == 0 ? "inspection" : slug.Length > 60 ? slug[..60].Trim('-') : slug;
        return new InspectionId($"{slug}-{publishedOn:yyyy-MM}{(ordinal > 1 ? $"-{ordinal}" : "")}");
    }

    public static InspectionId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException(Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InspectionId result)
    {
        result = s is not null && Shape().IsMatch(s) ? new InspectionId(s) : default;
        return result != default;
    }

    public override string ToString() => value ?? "";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotSlug();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,78}[a-z0-9]\z")]
    private static partial Regex Shape();
}

/// <summary>A recommendation's number within its inspection: <c>3</c>, or <c>3a</c> where one was made to several organisations.</summary>
public readonly partial record struct RecommendationNumber : ITextValue<RecommendationNumber>
{
    private readonly string? value;

    private RecommendationNumber(string value) => this.value = value;

    public static string Expected => "A recommendation’s number is 1 to 999, with a letter where one was made to several organisations, such as 3 or 3a";

    /// <summary>The number padded for keys, so that they sort: <c>003a</c>.</summary>
    public string Padded => ToString().PadLeft(char.IsLetter(ToString()[^1]) ? 4 : 3, '0');

    public static RecommendationNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var number) ? number : throw new FormatException(Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RecommendationNumber result)
    {
        result = s is not null && Shape().IsMatch(s) ? new RecommendationNumber(s) : default;
        return result != default;
    }

    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[1-9][0-9]{0,2}[a-z]?\z")]
    private static partial Regex Shape();
}

/// <summary>A recommendation's id: <c>gloucestershire-2017-08/3</c>.</summary>
public readonly record struct RecommendationId(InspectionId Inspection, RecommendationNumber Number) : ITextValue<RecommendationId>
{
    public static string Expected => "A recommendation’s id is the inspection’s id, a slash and its number, such as gloucestershire-2017-08/3";

    public static RecommendationId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException(Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RecommendationId result)
    {
        result = default;
        var slash = s?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash <= 0 || !InspectionId.TryParse(s![..slash], provider, out var inspection) || !RecommendationNumber.TryParse(s[(slash + 1)..], provider, out var number))
        {
            return false;
        }

        result = new RecommendationId(inspection, number);
        return true;
    }

    /// <summary>Reads back the parts of a key; null where they are none of ours.</summary>
    /// <param name="inspection">The inspection’s id.</param>
    /// <param name="padded">The number as <see cref="RecommendationNumber.Padded"/> gives it.</param>
    public static RecommendationId? FromPadded(string inspection, string padded) =>
        InspectionId.TryParse(inspection, null, out var of) && RecommendationNumber.TryParse(padded.TrimStart('0'), null, out var number) ? new RecommendationId(of, number) : null;

    public override string ToString() => $"{Inspection}/{Number}";
}
