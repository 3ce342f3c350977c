using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Evidence;

/// <summary>Who says that a file is clean (section <c>Evidence</c>).</summary>
public sealed class EvidenceSettings
{
    internal const string Defender = "defender";
    internal const string Http = "http";

    /// <summary><c>defender</c> (Microsoft Defender for Storage, which notes its verdict at the blob) or <c>http</c> (a scanner that is sent the bytes).</summary>
    [Required(ErrorMessage = "Evidence__Scan is empty: set it to “defender” or “http”, or leave it out.")]
    [RegularExpression("^(defender|http)$", ErrorMessage = "Evidence__Scan is not known: set it to “defender” for Microsoft Defender for Storage, or to “http” for a scanner of your own. Files are never shown unscanned.")]
    public string Scan { get; set; } = Defender;

    /// <summary>The address that the bytes are posted to, with <c>http</c>.</summary>
    public Uri? ScanUrl { get; set; }

    /// <summary>After how many minutes without a verdict staff are told that the scanner is silent.</summary>
    [Within(10, 10_080, ErrorMessage = "Evidence__SilentAfterMinutes must be from 10 to 10,080: set after how many minutes without a verdict staff are told.")]
    public int SilentAfterMinutes { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class EvidenceSettingsRules : IValidateOptions<EvidenceSettings>;

/// <summary>The scanner must be reachable, and in production over a connection that nobody reads along.</summary>
internal sealed class ScannerIsNamed(IHostEnvironment environment) : IValidateOptions<EvidenceSettings>
{
    public ValidateOptionsResult Validate(string? name, EvidenceSettings options) => options switch
    {
        { Scan: not EvidenceSettings.Http } => ValidateOptionsResult.Success,
        { ScanUrl: null } => ValidateOptionsResult.Fail("Evidence__ScanUrl is missing: set the address of the scanner, or set Evidence__Scan to “defender”."),
        { ScanUrl: { IsAbsoluteUri: false } or { Scheme: not ("http" or "https") } } => ValidateOptionsResult.Fail($"Evidence__ScanUrl is not a web address: {options.ScanUrl}"),
        { ScanUrl.Scheme: "http" } when environment.IsProduction() => ValidateOptionsResult.Fail("Evidence__ScanUrl must start with https:// in production."),
        _ => ValidateOptionsResult.Success,
    };
}
