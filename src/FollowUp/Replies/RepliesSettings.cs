using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>How the provider's pages are entered (section <c>Replies</c>).</summary>
public sealed class RepliesSettings
{
    internal const string Off = "off";
    internal const string Address = "address";
    internal const string Code = "code";

    /// <summary>What is asked before anything is shown: <c>off</c> (nothing), <c>address</c> (the address that the email was sent to) or <c>code</c> (that, and six digits sent to it).</summary>
    [RegularExpression("^(off|address|code)$", ErrorMessage = "Replies__Entry is not known: set it to “off”, to “address” to ask for the address that the email was sent to, or to “code” to send a code there as well.")]
    [Required(ErrorMessage = "Replies__Entry is empty: set it to “off”, “address” or “code”, or leave it out.")]
    public string Entry { get; set; } = Address;

    /// <summary>How many hours a browser that has opened a link stays in, unless it is closed before.</summary>
    public int SessionHours { get; set; } = 24;

    /// <summary>How many new links may be asked for on a London day in all.</summary>
    public int NewLinksADay { get; set; } = 200;

    internal bool AsksForAddress => Entry is Address or Code;

    internal bool AsksForCode => Entry == Code;
}

[OptionsValidator]
internal sealed partial class RepliesSettingsRules : IValidateOptions<RepliesSettings>;

/// <summary>Checked by hand: the generated rules say nothing of ours for a range.</summary>
internal sealed class RepliesNumbersAreSound : IValidateOptions<RepliesSettings>
{
    public ValidateOptionsResult Validate(string? name, RepliesSettings options) =>
        options.NewLinksADay is < 0 or > 100_000 ? ValidateOptionsResult.Fail($"Replies__NewLinksADay must be from 0 to 100,000, and is {options.NewLinksADay}: set how many new links may be asked for on a day in all.")
        : options.SessionHours is >= 1 and <= 168 ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Replies__SessionHours must be from 1 to 168, and is {options.SessionHours}: set how many hours a browser that has opened a link stays in.");
}
