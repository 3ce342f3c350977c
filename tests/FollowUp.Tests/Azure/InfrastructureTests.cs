using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FollowUp.Access;
using FollowUp.Local;

namespace FollowUp.Tests.Azure;

public sealed partial class InfrastructureTests(Template template) : IClassFixture<Template>
{
    // Read by the Functions host and by ASP.NET Core, not by the service's own settings
    private static readonly string[] OfThePlatform =
        ["ASPNETCORE_ENVIRONMENT", "AzureWebJobsStorage__credential", "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"];

    // Each has a default that holds in Azure
    private static readonly string[] LeftOut =
    [
        "AzureWebJobsStorage", "Evidence__Scan", "Evidence__ScanUrl", "Evidence__SilentAfterMinutes", "Deadlines__ResponseDays", "Deadlines__Programmes__0", "SignIn__SessionMinutes", "Replies__Entry", "Replies__SessionHours", "Replies__NewLinksADay", "Chasing__WorkingDaysOnly", "Chasing__Hours", "Chasing__DailyCap", "Chasing__HoldLeast",
        "Chasing__HoldTimesMedian", "Chasing__HoldDays", "Chasing__Lease", "Chasing__UnknownWaits", "Chasing__TaskAfter", "Chasing__LateAfter", "Chasing__AtOnce",
    ];

    private JsonObject Storage => template.The("Microsoft.Storage/storageAccounts")["properties"]!.AsObject();

    private JsonObject App => template.The("Microsoft.Web/sites")["properties"]!.AsObject();

    private string Settings => (string)template.The("Microsoft.Web/sites/config")["properties"]!;

    [Fact]
    public void It_compiles_without_warnings() => Assert.Equal("", template.Warnings);

    [Theory]
    [InlineData("list[A-Z][A-Za-z]*\\(")]
    [InlineData("AccountKey|SharedAccessSignature|DefaultEndpointsProtocol")]
    [InlineData("Microsoft\\.Resources/deployments")]
    public void It_asks_for_no_key_and_brings_no_module(string pattern) => Assert.DoesNotMatch(pattern, template.Text);

    [Fact]
    public void Storage_takes_identities_over_https_alone_and_shows_nothing_to_the_public()
    {
        Assert.False((bool)Storage["allowSharedKeyAccess"]!);
        Assert.False((bool)Storage["allowBlobPublicAccess"]!);
        Assert.True((bool)Storage["supportsHttpsTrafficOnly"]!);
        Assert.Equal("TLS1_2", (string?)Storage["minimumTlsVersion"]);
        Assert.All(template.Resources.Where(resource => ((string)resource["type"]!).EndsWith("/containers", StringComparison.Ordinal)),
            container => Assert.Equal("None", (string?)container["properties"]!["publicAccess"]));
    }

    [Fact]
    public void The_app_takes_https_and_TLS_1_2_and_no_passwords()
    {
        Assert.True((bool)App["httpsOnly"]!);
        Assert.Equal("1.2", (string?)App["siteConfig"]!["minTlsVersion"]);
        Assert.Equal("1.2", (string?)App["siteConfig"]!["scmMinTlsVersion"]);
        var policies = template.Resources.Where(resource => (string?)resource["type"] == "Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();
        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy => Assert.False((bool)policy["properties"]!["allow"]!));
    }

    [Fact]
    public void The_app_sets_nothing_that_flex_consumption_refuses() =>
        // It takes few of the properties of a site; the rest it answers with error 51021
        Assert.Equal(["http20Enabled", "minTlsVersion", "scmMinTlsVersion"], App["siteConfig"]!.AsObject().Select(property => property.Key).Order());

    [Fact]
    public void The_app_is_made_after_its_package_container_and_the_right_to_read_it() =>
        Assert.Superset(new HashSet<string?> { "mayUseBlobs", "storage::blobService::packages" }, template.The("Microsoft.Web/sites")["dependsOn"]!.AsArray().Select(name => (string?)name).ToHashSet());

    [Fact]
    public void The_host_gets_no_telemetry_of_its_own()
    {
        // It writes down the address of every request, and the address of a link is its secret
        Assert.DoesNotMatch("APPLICATIONINSIGHTS_|APPINSIGHTS_", template.Text);
        Assert.DoesNotContain(template.Resources, resource => (string?)resource["type"] == "Microsoft.Insights/diagnosticSettings");
    }

    [Fact]
    public void Programs_need_the_audience_that_entra_writes_into_tokens() =>
        Assert.Equal("[parameters('signInClientId')]", (string?)template.Root["parameters"]!["signInAudience"]!["defaultValue"]);

    [Fact]
    public void The_roles_to_register_are_those_of_the_service_for_people_and_programs()
    {
        var roles = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "infra", "app-roles.json")))!.AsArray();

        Assert.Equal(Enum.GetValues<Role>().Select(Staff.Name), roles.Select(role => (string?)role!["value"]));
        Assert.All(roles, role => Assert.Equal(["User", "Application"], role!["allowedMemberTypes"]!.AsArray().Select(member => (string?)member)));
        Assert.Equal(roles.Count, roles.Select(role => Guid.Parse((string)role!["id"]!)).Distinct().Count());
    }

    [Fact]
    public void Settings_of_the_operators_own_come_last_and_outlive_a_deployment() =>
        Assert.EndsWith(", parameters('moreSettings'))]", Settings, StringComparison.Ordinal);

    [Fact]
    public void The_app_and_its_package_are_reached_by_the_one_identity()
    {
        Assert.Equal("UserAssigned", (string?)template.The("Microsoft.Web/sites")["identity"]!["type"]);
        Assert.Equal("UserAssignedIdentity", (string?)App["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]);
        Assert.NotNull(App["keyVaultReferenceIdentity"]);
        Assert.True((bool)template.The("Microsoft.KeyVault/vaults")["properties"]!["enableRbacAuthorization"]!);
        Assert.True((bool)template.The("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!);
    }

    [Fact]
    public void The_identity_may_do_five_things_and_no_more()
    {
        // As Azure lists its built-in roles: by these ids they are granted, whatever the template calls them
        var expected = new Dictionary<string, (string Role, string On)>
        {
            ["mayUseBlobs"] = ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Microsoft.Storage/storageAccounts"),
            ["mayUseQueues"] = ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Microsoft.Storage/storageAccounts"),
            ["mayUseTables"] = ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "Microsoft.Storage/storageAccounts"),
            ["mayReadSecrets"] = ("4633458b-17de-408a-b874-0445c86b69e6", "Microsoft.KeyVault/vaults"),
            ["maySendTelemetry"] = ("3913510d-42f4-4e42-8a64-420c390055eb", "Microsoft.Insights/components"),
        };
        var assignments = template.Root["resources"]!.AsObject().Where(resource => (string?)resource.Value!["type"] == "Microsoft.Authorization/roleAssignments").ToList();

        Assert.Equal(expected.Keys.Order(), assignments.Select(assignment => assignment.Key).Order());
        foreach (var (name, assignment) in assignments)
        {
            var definition = (string)assignment!["properties"]!["roleDefinitionId"]!;
            Assert.Equal(expected[name].Role, (string?)template.Root["variables"]!["roles"]![RoleName().Match(definition).Groups[1].Value]);
            Assert.Contains($"'{expected[name].On}'", (string?)assignment["scope"], StringComparison.Ordinal);
            Assert.Equal("[reference('identity').principalId]", (string?)assignment["properties"]!["principalId"]);
        }
    }

    [Theory]
    [InlineData("SendGrid__ApiKey")]
    [InlineData("SendGrid__WebhookPublicKey")]
    [InlineData("SignIn__ClientSecret")]
    public void Secrets_come_by_reference(string setting) =>
        Assert.Matches($"'{setting}', format\\('@Microsoft\\.KeyVault\\(SecretUri=", Settings);

    [Fact]
    public void The_app_gets_every_setting_that_the_service_knows_and_no_other()
    {
        var known = KnownSettings.All.Select(setting => setting.Name).Except(LeftOut).Concat(OfThePlatform);
        Assert.Equal(known.Order(), SettingName().Matches(Settings).Select(name => name.Value.Replace("{0}", "0", StringComparison.Ordinal)).Distinct().Order());
    }

    [Fact]
    public void The_worker_alone_is_not_started_from_a_placeholder() =>
        Assert.Matches(@"if\(equals\(parameters\('hostModel'\), 'dotnet-isolated'\), createObject\('WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED', '0'\), createObject\(\)\)", Settings);

    [Fact]
    public void What_is_uploaded_is_scanned()
    {
        var scanning = template.The("Microsoft.Security/defenderForStorageSettings");

        Assert.Contains("storageAccounts", (string?)scanning["scope"], StringComparison.Ordinal);
        Assert.True((bool)scanning["properties"]!["malwareScanning"]!["onUpload"]!["isEnabled"]!);
    }

    [Theory]
    [InlineData("custom", "1.0")]
    [InlineData("dotnet-isolated", "10.0")]
    public void Either_host_can_run_it(string host, string version)
    {
        Assert.Contains(host, template.Root["parameters"]!["hostModel"]!["allowedValues"]!.AsArray().Select(value => (string?)value));
        Assert.Contains($"'{version}'", (string?)App["functionAppConfig"]!["runtime"]!["version"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_owner_of_an_address_learns_what_proves_it() =>
        Assert.Contains("customDomainVerificationId", (string?)template.Root["outputs"]!["domainVerification"]!["value"], StringComparison.Ordinal);

    [Fact]
    public void Somebody_is_told_when_the_chase_has_stopped()
    {
        Assert.Contains("health/chase", (string?)template.The("Microsoft.Insights/webtests")["properties"]!["Request"]!["RequestUrl"], StringComparison.Ordinal);
        Assert.Single(template.The("Microsoft.Insights/metricAlerts")["properties"]!["actions"]!.AsArray());
    }

    [Theory]
    [InlineData("prod.bicepparam", "Production")]
    [InlineData("dev.bicepparam", "Staging")]
    public async Task Each_environment_sets_every_parameter_that_has_no_default(string file, string environment)
    {
        var given = await Template.ParametersAsync(file);
        var needed = template.Root["parameters"]!.AsObject().Where(parameter => parameter.Value!["defaultValue"] is null).Select(parameter => parameter.Key);

        Assert.Equal(environment, (string?)given["environmentName"]!["value"]);
        Assert.Empty(needed.Except(given.Select(parameter => parameter.Key)));
    }

    [Fact]
    public async Task The_domains_of_a_trial_may_have_spaces_between_them()
    {
        var given = await Template.ParametersAsync("dev.bicepparam", "one.example, two.example");

        Assert.Equal(["one.example", "two.example"], given["allowedDomains"]!["value"]!.AsArray().Select(domain => (string?)domain));
    }

    [GeneratedRegex(@"variables\('roles'\)\.(\w+)\)")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"(?<=')(?:[A-Za-z]+__[A-Za-z]+(?:__\{0\})?|[A-Z]+_[A-Z_]+)(?=')")]
    private static partial Regex SettingName();
}
