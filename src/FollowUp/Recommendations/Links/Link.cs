using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace FollowUp.Recommendations;

/// <summary>A link bound to one organisation and one contact. Its token is in the email and nowhere else; the register keeps the SHA-256.</summary>
public sealed record Link
{
    /// <summary>The link's public id: the first half of the hash.</summary>
    public required string Id { get; init; }

    public required string Hash { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required Recipient Contact { get; init; }

    /// <summary>The message that brought it.</summary>
    public required string Mid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    public bool IsLive => RevokedAt is null;

    /// <summary>Names the address that it was sent to, as every link to it does, without telling it.</summary>
    [JsonIgnore]
    public string Holder => Keys.Hash(Contact.Email.ToString());

    /// <summary>Whether something was saved by whoever holds this link.</summary>
    /// <param name="holder">Who is noted; null where an earlier release has noted the masked address alone.</param>
    /// <param name="masked">The masked address.</param>
    public bool IsHeldBy(string? holder, string masked) => holder is null ? masked == Contact.Email.Masked : holder == Holder;
}

/// <summary>The secret of a link: 256 random bits.</summary>
internal readonly record struct LinkToken(string Text)
{
    private const int Bytes = 32;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static LinkToken Mint() => new(WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Reads a token from an address; null when it cannot be one.</summary>
    public static LinkToken? Read(string? text) =>
        text is { Length: 43 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new LinkToken(text) : null;

    /// <summary>Never the secret: this text is what ends up in a log by mistake.</summary>
    public override string ToString() => "[link]";
}
