using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FollowUp.Storage;

namespace FollowUp.Email;

/// <summary>An email address, kept in small letters: one mailbox, plain characters, a domain with a dot.</summary>
public readonly partial record struct EmailAddress : ITextValue<EmailAddress>
{
    private readonly string? value;

    private EmailAddress(string value) => this.value = value;

    public static string Expected => "Enter an email address in the correct format, like name@example.com";

    /// <summary>The part after the @.</summary>
    public string Domain => ToString()[(ToString().IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>The address as it is shown to people who may only recognise it: <c>d•••@bgsw.example</c>.</summary>
    public string Masked => ToString() is { Length: > 0 } text ? $"{text[0]}•••@{Domain}" : "";

    public static EmailAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException(Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EmailAddress result)
    {
        var text = s?.Trim();
        result = text is { Length: > 0 and <= 254 } && Shape().IsMatch(text) && text.IndexOf('@', StringComparison.Ordinal) <= 64
            ? new EmailAddress(text.ToLowerInvariant())
            : default;
        return result != default;
    }

    /// <summary>Whether the address belongs to a domain or one below it.</summary>
    public bool IsIn(string domain) => Domain == domain || Domain.EndsWith("." + domain, StringComparison.Ordinal);

    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z")]
    private static partial Regex Shape();
}

/// <summary>Somebody with a name and an address.</summary>
public sealed record Person(string Name, EmailAddress Email);
