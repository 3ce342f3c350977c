using System.ComponentModel.DataAnnotations;
using FollowUp.Access;
using FollowUp.Storage;
using FollowUp.Telemetry;
using Microsoft.Extensions.Configuration;

namespace FollowUp.Tests;

/// <summary>Settings that would be passed over, or fail much later.</summary>
public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Chasing:DailyCap", null)]
    [InlineData("chasing:dailycap", null)]
    [InlineData("Chasing:DalyCap", "Chasing__DalyCap is not a setting of FollowUp: write Chasing__DailyCap, or take it away.")]
    [InlineData("SendGrid:Elephant", "SendGrid__Elephant is not a setting of FollowUp: look it up in docs/settings.md, or take it away.")]
    [InlineData("Email:AllowedDomains:0", null)]
    [InlineData("Deadlines:Programmes:0:ResponseDays", null)]
    [InlineData("Deadlines:Programmes:0:ResponsDays", "Deadlines__Programmes__0__ResponsDays is not a setting of FollowUp: write Deadlines__Programmes__0__ResponseDays, or take it away.")]
    [InlineData("Chasin:DailyCap", "Chasin__DailyCap is not a setting of FollowUp: write Chasing__DailyCap, or take it away.")]
    [InlineData("Reply:Entry", "Reply__Entry is not a setting of FollowUp: write Replies__Entry, or take it away.")]
    [InlineData("Chasing_DailyCap", "Chasing_DailyCap is not a setting of FollowUp: write Chasing__DailyCap, or take it away.")]
    [InlineData("ChasingDailyCap", "ChasingDailyCap is not a setting of FollowUp: write Chasing__DailyCap, or take it away.")]
    [InlineData("Chasing:DailyCap:0", "Chasing__DailyCap__0 is not a setting of FollowUp: write Chasing__DailyCap, or take it away.")]
    [InlineData("Mail:Server", null)]
    [InlineData("SENDGRID_API_KEY", null)]
    [InlineData("EMAIL_FROM", null)]
    [InlineData("AzureWebJobsStorage:credential", null)]
    [InlineData("AzureWebJobsStorage:queueServiceUri", null)]
    [InlineData("AzureWebJobsStorage:cliendId", "AzureWebJobsStorage__cliendId is not a setting of FollowUp: write AzureWebJobsStorage__clientId, or take it away.")]
    [InlineData("AzureWebJobsStorage:acountName", "AzureWebJobsStorage__acountName is not a setting of FollowUp: write AzureWebJobsStorage__accountName, or take it away.")]
    public void A_misspelt_setting_is_named_with_the_one_that_is_meant(string setting, string? fault)
    {
        var unknown = new UnknownSettings();
        unknown.Find(new ConfigurationBuilder().AddInMemoryCollection([new(setting, "1")]).Build());

        Assert.Equal(fault is null ? [] : [fault], new SettingsAreKnown().Validate(null, unknown).Failures ?? []);
    }

    [Fact]
    public void Every_section_is_looked_through_but_the_one_that_the_host_shares() =>
        Assert.Equal(Azure.KnownSettings.All.Select(known => known.Property.DeclaringType!).Where(type => type != typeof(StorageSettings)).Distinct().OrderBy(t => t.Name), UnknownSettings.Sections.OrderBy(t => t.Name));

    [Theory]
    [InlineData("", true)]
    [InlineData("b1946ac9-2f2a-4c9b-8e3f-0a1b2c3d4e5f", true)]
    [InlineData("followup-identity", false)]
    public void The_identity_is_named_by_its_client_id(string id, bool isSound) => Assert.Equal(isSound, IsSound(new StorageSettings { ClientId = id }));

    [Theory]
    [InlineData("key-ring", true)]
    [InlineData("https://followup.vault.azure.net/secrets/key-ring", false)]
    [InlineData("key_ring", false)]
    public void The_key_ring_is_named_as_Key_Vault_names_secrets(string name, bool isSound) => Assert.Equal(isSound, IsSound(new KeyRingSettings { SecretName = name }));

    [Theory]
    [InlineData("otlp", "", false)]
    [InlineData("otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", true)]
    [InlineData("otlp", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true)]
    [InlineData("console", "", true)]
    public void Telemetry_over_OTLP_needs_an_address(string exporter, string setting, bool isSound) =>
        Assert.Equal(isSound, new OtlpIsNamed(new ConfigurationBuilder().AddInMemoryCollection([new(setting, "http://127.0.0.1:4318")]).Build()).Validate(null, new TelemetrySettings { Exporter = exporter }).Succeeded);

    [Fact]
    public void What_a_setting_must_be_is_said_in_words_for_every_kind_that_there_is()
    {
        var kinds = Azure.KnownSettings.All.Select(known => Nullable.GetUnderlyingType(known.Property.PropertyType) ?? known.Property.PropertyType)
            .Where(kind => kind != typeof(string) && !kind.IsEnum && !kind.IsGenericType).Distinct().Select(kind => kind.FullName!);

        Assert.All(kinds, kind => Assert.DoesNotContain("docs/settings.md", Starting.Words(kind), StringComparison.Ordinal));
    }

    private static bool IsSound(object settings) => Validator.TryValidateObject(settings, new ValidationContext(settings), null, validateAllProperties: true);
}
