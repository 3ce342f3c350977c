using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>An organisation's id: 2 to 60 small letters, digits and hyphens, such as <c>bgsw-crc</c>.</summary>
public readonly partial record struct OrganisationId : ITextValue<OrganisationId>
{
    private readonly string? value;

    private OrganisationId(string value) => this.value = value;

    /// <summary>No organisation: where what concerns none of them alone is kept. It cannot be registered.</summary>
    public static OrganisationId Staff { get; } = new("_staff");

    public bool IsStaff => value == Staff.value;

    public static string Expected => "An organisation's id has 2 to 60 small letters, digits and hyphens, such as bgsw-crc";

    public static OrganisationId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException(Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrganisationId result)
    {
        result = s is not null && (s == "_staff" || Shape().IsMatch(s)) ? new OrganisationId(s) : default;
        return result != default;
    }

    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,58}[a-z0-9]\z")]
    private static partial Regex Shape();
}
