using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting.Internal;

namespace FollowUp.Tests;

/// <summary>The production executable with a setting missing or wrong: it does not start, and says which and what to do.</summary>
public sealed class SettingsTests
{
    private const string Missing = "";
    private static readonly string Key = PublicKey(ECCurve.NamedCurves.nistP256);
    private static readonly Dictionary<string, string> Production = new()
    {
        ["AzureWebJobsStorage__accountName"] = "followupstore",
        ["FollowUp__BaseAddress"] = "https://followup.example/",
        ["SignIn__Authority"] = "https://login.example/tenant/v2.0",
        ["SignIn__ClientId"] = "followup",
        ["SignIn__ClientSecret"] = "secret",
        ["SignIn__Audience"] = "followup",
        ["Email__From"] = "followup@inspectorate.example",
        ["Email__FromName"] = "HM Inspectorate of Probation",
        ["SendGrid__ApiKey"] = "SG.key",
        ["SendGrid__WebhookPublicKey"] = Key,
        ["Inspectorate__Name"] = "HM Inspectorate of Probation",
        ["Inspectorate__Mailbox"] = "mailbox@inspectorate.example",
    };

    public static TheoryData<string, string, string> Bad { get; } = new()
    {
        { "ASPNETCORE_ENVIRONMENT", "Live", "write Production, Staging or Development" },
        { "FollowUp__BaseAddress", Missing, "set the public address of the service" },
        { "FollowUp__BaseAddress", "followup.example", "must be a web address without a path" },
        { "FollowUp__BaseAddress", "https://followup.example/app", "must be a web address without a path" },
        { "FollowUp__BaseAddress", "http://followup.example/", "must start with https:// in production" },
        { "SignIn__Authority", Missing, "set the address of the OpenID Connect provider" },
        { "SignIn__Authority", "login", "is not a web address" },
        { "SignIn__Authority", "http://login.example/", "must start with https:// in production" },
        { "SignIn__ClientId", Missing, "set the application's client id" },
        { "SignIn__ClientSecret", Missing, "set the application's client secret" },
        { "SignIn__Audience", Missing, "set the audience" },
        { "Email__From", Missing, "set the address that emails come from" },
        { "Email__From", "HM Inspectorate", "is not an email address" },
        { "Email__FromName", Missing, "set the name that emails come from" },
        { "SendGrid__ApiKey", Missing, "set SendGrid's API key" },
        { "SendGrid__Host", "http://api.sendgrid.com", "must start with https:// in production" },
        { "SendGrid__Host", "api.sendgrid.com", "is not a web address" },
        { "SendGrid__WebhookPublicKey", Missing, "copy the verification key" },
        { "SendGrid__WebhookPublicKey", "not base64", "is not a P-256 public key" },
        { "SendGrid__WebhookPublicKey", PublicKey(ECCurve.NamedCurves.nistP384), "is not a P-256 public key" },
        { "Inspectorate__Name", Missing, "set the inspectorate's name" },
        { "Inspectorate__Mailbox", Missing, "set the inspectorate's mailbox" },
        { "Inspectorate__Mailbox", "mailbox", "is not an email address" },
        { "AzureWebJobsStorage__accountName", Missing, "name the storage account" },
        { "AzureWebJobsStorage__accountName", "Follow_Up", "3 to 24 small letters and digits" },
        { "AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b", "use a managed identity" },
        { "Evidence__Scan", "off", "Files are never shown unscanned" },
        { "Evidence__SilentAfterMinutes", "5", "must be from 10 to 10,080" },
        { "Evidence__Scan", "http", "Evidence__ScanUrl is missing" },
        { "Deadlines__ResponseDays", "0", "must be from 1 to 250" },
        { "Deadlines__Programmes__0__ResponseDays", "15", "Deadlines__Programmes__0__Programme is missing" },
        { "Deadlines__Programmes__0__Programme", "Quality & Impact", "Deadlines__Programmes__0__ResponseDays must be from 1 to 250" },
        { "SignIn__SessionMinutes", "0", "must be from 15 to 1,440" },
        { "Chasing__Hours", "8-18", "must be like 08:00-18:00" },
        { "Chasing__Hours", "18:00-08:00", "must begin before it ends" },
        { "Chasing__WorkingDaysOnly", "perhaps", "true or false" },
        { "Chasing__DailyCap", "many", "set it to a whole number" },
        { "Chasing__DalyCap", "500", "is not a setting of FollowUp: write Chasing__DailyCap" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_missing_or_wrong_setting_stops_the_start_and_is_named(string setting, string value, string remedy)
    {
        var (exitCode, said) = await StartAsync(With(Production, setting, value));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(setting, said, StringComparison.Ordinal);
        Assert.Contains(remedy, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at FollowUp", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Email__AllowedDomains__0", Missing, "name the domains that emails may go to")]
    [InlineData("Email__AllowedDomains__0", "@bgsw.example", "is not a mail domain")]
    [InlineData("AzureWebJobsStorage", "AccountName=a;AccountKey=b", "is not Azurite's connection string")]
    [InlineData("AzureWebJobsStorage", "TableEndpoint=", "cannot be read as a connection string")]
    [InlineData("AzureWebJobsStorage", "AccountName=a;AccountKey=not base64;TableEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:2/a;BlobEndpoint=http://127.0.0.1:3/a", "cannot be read as a connection string")]
    [InlineData("AzureWebJobsStorage", "AccountName=a;AccountKey=eHg=;TableEndpoint=nowhere;QueueEndpoint=http://127.0.0.1:2/a;BlobEndpoint=http://127.0.0.1:3/a", "cannot be read as a connection string")]
    public async Task Outside_production_emails_and_storage_are_fenced_in(string setting, string value, string remedy)
    {
        var development = With(With(Production, "ASPNETCORE_ENVIRONMENT", "Development"), "Email__AllowedDomains__0", "bgsw.example");
        var (exitCode, said) = await StartAsync(With(development, setting, value));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(setting, said, StringComparison.Ordinal);
        Assert.Contains(remedy, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("production", true)]
    [InlineData("Staging", true)]
    [InlineData("Development", true)]
    [InlineData("Prod", false)]
    [InlineData("", false)]
    public void An_environment_is_one_of_three(string name, bool isKnown) =>
        Assert.Equal(isKnown, new EnvironmentIsKnown(new HostingEnvironment { EnvironmentName = name }).Validate(null, new FollowUpSettings()).Succeeded);

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once()
    {
        var (_, said) = await StartAsync(With(With(With(Production, "FollowUp__BaseAddress", Missing), "SendGrid__ApiKey", Missing), "Chasing__Hours", "never"));

        Assert.Contains("FollowUp__BaseAddress", said, StringComparison.Ordinal);
        Assert.Contains("SendGrid__ApiKey", said, StringComparison.Ordinal);
        Assert.Contains("Chasing__Hours", said, StringComparison.Ordinal);
        Assert.DoesNotContain("SignIn__", said, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> With(Dictionary<string, string> settings, string name, string value) => new(settings) { [name] = value };

    private static async Task<(int ExitCode, string Said)> StartAsync(Dictionary<string, string> settings)
    {
        var stop = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(CustomHandler).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.Contains("__", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE", StringComparison.Ordinal) || k.StartsWith("AzureWebJobs", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in settings.Where(s => s.Value != Missing))
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = FollowUp.Local.FreePort.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);

        using var process = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, string.Concat(said));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string PublicKey(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
