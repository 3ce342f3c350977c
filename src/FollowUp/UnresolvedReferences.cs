using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>The settings whose value Azure could not read from Key Vault: it hands over the words of the reference instead.</summary>
internal sealed class UnresolvedReferences
{
    private const string Reference = "@Microsoft.KeyVault(";

    public List<string> Names { get; } = [];

    public void Find(IConfiguration configuration) => Names.AddRange(
        configuration.AsEnumerable()
            .Where(setting => setting.Value?.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) == true)
            .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal)));
}

internal sealed class ReferencesAreResolved : IValidateOptions<UnresolvedReferences>
{
    public ValidateOptionsResult Validate(string? name, UnresolvedReferences options) => options.Names.Count == 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(options.Names.Select(setting => $"{setting} is a Key Vault reference that could not be read: check that the secret is there and that the app's identity may read it (a new role takes some minutes), then restart the app."));
}
