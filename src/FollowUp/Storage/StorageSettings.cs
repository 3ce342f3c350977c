using System.ComponentModel.DataAnnotations;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace FollowUp.Storage;

/// <summary>
/// Where the register is kept: the same account as the Functions host's own, <c>AzureWebJobsStorage</c>.
/// In Azure it is named by <c>AzureWebJobsStorage__accountName</c> and reached with a managed identity;
/// a connection string is for Azurite alone.
/// </summary>
public sealed class StorageSettings
{
    /// <summary>The connection string of Azurite (setting <c>AzureWebJobsStorage</c>).</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The storage account's name (setting <c>AzureWebJobsStorage__accountName</c>).</summary>
    [RegularExpression("^[a-z0-9]{3,24}$", ErrorMessage = "AzureWebJobsStorage__accountName must be a storage account's name: 3 to 24 small letters and digits.")]
    public string? AccountName { get; set; }

    /// <summary>The client id of the user-assigned identity (setting <c>AzureWebJobsStorage__clientId</c>); empty for the system's own.</summary>
    [RegularExpression("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", ErrorMessage = "AzureWebJobsStorage__clientId must be the client id of a managed identity, like 00000000-0000-0000-0000-000000000000; leave it out for the system's own.")]
    public string? ClientId { get; set; }

    /// <summary>The service's one identity in Azure, for everything that it reaches there.</summary>
    internal ManagedIdentityCredential Identity() =>
        new(new ManagedIdentityCredentialOptions(ClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned)
        {
            Retry = { NetworkTimeout = TimeSpan.FromSeconds(10) },
        });

    internal static void Bind(StorageSettings settings, IConfiguration configuration)
    {
        settings.ConnectionString = configuration["AzureWebJobsStorage"];
        settings.AccountName = configuration["AzureWebJobsStorage:accountName"];
        settings.ClientId = configuration["AzureWebJobsStorage:clientId"];
    }
}

/// <summary>Refuses a store that is not named, or that is named by a key outside Azurite.</summary>
[OptionsValidator]
internal sealed partial class StorageSettingsRules : IValidateOptions<StorageSettings>;

internal sealed class StorageIsNamed(IHostEnvironment environment) : IValidateOptions<StorageSettings>
{
    public ValidateOptionsResult Validate(string? name, StorageSettings options) => options switch
    {
        { ConnectionString: null or "", AccountName: null or "" } => ValidateOptionsResult.Fail(
            "AzureWebJobsStorage__accountName is missing: name the storage account (in development, set AzureWebJobsStorage to Azurite's connection string)."),
        { ConnectionString.Length: > 0 } when environment.IsProduction() => ValidateOptionsResult.Fail(
            "AzureWebJobsStorage is a connection string, which holds a key: in production set AzureWebJobsStorage__accountName and use a managed identity."),
        { ConnectionString.Length: > 0 } when !options.ConnectionString.Contains("TableEndpoint=", StringComparison.OrdinalIgnoreCase)
            && !options.ConnectionString.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) => ValidateOptionsResult.Fail(
            "AzureWebJobsStorage is not Azurite's connection string: it needs TableEndpoint, QueueEndpoint and BlobEndpoint, or UseDevelopmentStorage=true."),
        { ConnectionString.Length: > 0 } when !CanBeRead(options.ConnectionString) => ValidateOptionsResult.Fail(
            "AzureWebJobsStorage cannot be read as a connection string: write name=value with a semicolon between them, the endpoints as http:// addresses and AccountKey in base64, as Azurite prints them."),
        _ => ValidateOptionsResult.Success,
    };

    private static bool CanBeRead(string connectionString)
    {
        try
        {
            _ = (new TableServiceClient(connectionString), new QueueServiceClient(connectionString), new BlobServiceClient(connectionString));
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
