using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>How the provider's pages are entered (section <c>Replies</c>).</summary>
public sealed class RepliesSettings
{
    internal const string Address = "address";
    internal const string Code = "code";

    /// <summary>What is asked before anything is shown: <c>off</c> (nothing), <c>address</c> (the address that the email was sent to) or <c>code</c> (that, and six digits sent to it).</summary>
    [RegularExpression("^(off|address|code)$", ErrorMessage = "Replies__Entry is not known: set it to “off”, to “address” to ask for the address that the email was sent to, or to “code” to send a code there as well.")]
    [Required(ErrorMessage = "Replies__Entry is empty: set it to “off”, “address” or “code”, or leave it out.")]
    public string Entry { get; set; } = Address;

    /// <summary>How many hours a browser that has opened a link stays in, unless it is closed before.</summary>
    [Within(1, 168, ErrorMessage = "Replies__SessionHours must be from 1 to 168: set how many hours a browser that has opened a link stays in.")]
    public int SessionHours { get; set; } = 24;

    /// <summary>How many new links may be asked for on a London day in all.</summary>
    [Within(0, 100_000, ErrorMessage = "Replies__NewLinksADay must be from 0 to 100,000: set how many new links may be asked for on a day in all.")]
    public int NewLinksADay { get; set; } = 200;

    internal bool AsksForAddress => Entry is Address or Code;

    internal bool AsksForCode => Entry == Code;
}

[OptionsValidator]
internal sealed partial class RepliesSettingsRules : IValidateOptions<RepliesSettings>;
