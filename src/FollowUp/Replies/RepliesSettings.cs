using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>How the provider's pages are entered (section <c>Replies</c>).</summary>
public sealed class RepliesSettings
{
    internal const string Off = "off";
    internal const string Address = "address";

    /// <summary>What is asked before anything is shown: <c>off</c> (nothing) or <c>address</c> (the address that the email was sent to).</summary>
    [RegularExpression("^(off|address)$", ErrorMessage = "Replies__Entry is not known: set it to “off”, or to “address” to ask for the address that the email was sent to.")]
    [Required(ErrorMessage = "Replies__Entry is empty: set it to “off” or “address”, or leave it out.")]
    public string Entry { get; set; } = Off;

    /// <summary>How many hours a browser that has opened a link stays in, unless it is closed before.</summary>
    public int SessionHours { get; set; } = 24;

    internal bool AsksForAddress => Entry == Address;
}

[OptionsValidator]
internal sealed partial class RepliesSettingsRules : IValidateOptions<RepliesSettings>;

/// <summary>Checked by hand: the generated rules say nothing of ours for a range.</summary>
internal sealed class SessionHoursAreSound : IValidateOptions<RepliesSettings>
{
    public ValidateOptionsResult Validate(string? name, RepliesSettings options) => options.SessionHours is >= 1 and <= 168
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Replies__SessionHours must be from 1 to 168, and is {options.SessionHours}: set how many hours a browser that has opened a link stays in.");
}
