using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What an email carries that nobody else may know. It lives in the memory of the sender alone; the register keeps hashes.</summary>
/// <param name="Token">The token of the recipient's link.</param>
/// <param name="Code">The code that opens a link.</param>
internal sealed record Secret(string? Token = null, string? Code = null)
{
    /// <summary>For those who sign in.</summary>
    public static Secret None { get; } = new();

    /// <summary>What stands in the copy that is kept.</summary>
    public Secret CutOut => new(Token is null ? null : "link-cut-out", Code is null ? null : "••••••");

    /// <summary>Never the secret: this text is what ends up in a log by mistake.</summary>
    public override string ToString() => "[secret]";

    public static Secret For(Message message) => message switch
    {
        { Kind: MessageKind.Code } => new Secret(Code: EntryCode.Mint()),
        { Recipient.Relation: Relation.Staff } => None,
        _ when !Recommendations.Letters.BringsLink(message.Letter) => None,
        _ => new Secret(Token: LinkToken.Mint().Text),
    };
}
