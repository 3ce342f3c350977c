using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FollowUp.Access;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Access;

public sealed class KeyRingTests : IDisposable
{
    private readonly FakeVault _vault = new();
    private readonly KeptKeys _keys = new();

    [Fact]
    public void A_key_is_kept_under_the_certificate_and_opened_by_another_instance()
    {
        _vault.Add();
        var written = Instance().Protect("a session");

        Assert.Contains("EncryptedData", _keys.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", _keys.Text, StringComparison.Ordinal);
        Assert.Equal("a session", Instance().Unprotect(written));
    }

    [Fact]
    public void An_older_certificate_still_opens_what_it_protects()
    {
        _vault.Add();
        var written = Instance().Protect("a session");
        _vault.Add();

        Assert.Equal("a session", Instance().Unprotect(written));
    }

    [Theory]
    [InlineData("anything")]
    [InlineData("bm8gY2VydGlmaWNhdGU=")]
    public void A_version_that_holds_no_certificate_is_passed_over(string value)
    {
        _vault.Add();
        var written = Instance().Protect("a session");
        _vault.Add(value);

        Assert.Equal("a session", Instance().Unprotect(written));
        Assert.Equal("another", Instance().Unprotect(Instance().Protect("another")));
    }

    [Fact]
    public void Nothing_opens_a_key_without_its_certificate()
    {
        _vault.Add();
        var written = Instance().Protect("a session");
        _vault.Replace();

        Assert.ThrowsAny<CryptographicException>(() => Instance().Unprotect(written));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_takes_no_other_key_away()
    {
        _vault.Add();
        var storage = SharedStorage.Next();
        var store = new Store(new TableServiceClient(storage), new QueueServiceClient(storage), new BlobServiceClient(storage));
        await store.DataProtectionKeys.CreateAsync(TestContext.Current.CancellationToken);
        var log = new KeptLog();
        var table = new KeyRingTable(store, log);
        var written = Instance(table).Protect("a session");
        Assert.Empty(log.Errors);

        foreach (var (row, xml) in new (string, object?)[] { ("damaged", "<key id=\"broken"), ("empty", ""), ("nothing", null), ("number", 1) })
            await store.DataProtectionKeys.AddEntityAsync(new TableEntity("keys", row) { ["xml"] = xml }, TestContext.Current.CancellationToken);

        Assert.Equal("a session", Instance(table).Unprotect(written));
        Assert.All(["damaged", "empty", "nothing", "number"], row => Assert.Contains(log.Errors, said => said.Contains($"The row {row} of", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_vault_that_does_not_answer_is_asked_once_and_not_for_every_try()
    {
        _vault.Add();
        var written = Instance().Protect("a session");
        _vault.IsAway = true;

        var instance = Instance();
        for (var i = 0; i < 3; i++)
            Assert.True(OutOfReach.Is(Assert.ThrowsAny<CryptographicException>(() => instance.Protect("another"))));

        Assert.Equal(1, _vault.Refused);
        _vault.IsAway = false;
        Assert.Equal("a session", Instance().Unprotect(written));
    }

    public void Dispose() => _vault.Dispose();

    private IDataProtector Instance(IXmlRepository? keptIn = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("FollowUp");
        services.AddSingleton(new KeyRingCertificates(_vault.Client(), "key-ring", NullLogger<KeyRingCertificates>.Instance));
        services.AddOptions<KeyManagementOptions>().Configure<KeyRingCertificates>((keys, certificates) =>
        {
            keys.XmlRepository = keptIn ?? _keys;
            keys.XmlEncryptor = new KeyRingEncryptor(certificates, NullLoggerFactory.Instance);
        });
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private sealed class KeptLog : ILogger<KeyRingTable>
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
                Errors.Add(formatter(state, exception));
        }
    }

    private sealed class KeptKeys : IXmlRepository
    {
        private readonly List<XElement> _elements = [];

        public string Text => string.Concat(_elements);

        public IReadOnlyCollection<XElement> GetAllElements() => [.. _elements.Select(element => new XElement(element))];

        public void StoreElement(XElement element, string friendlyName) => _elements.Add(element);
    }

    /// <summary>Key Vault's two answers that matter here: the versions of a secret, and one of them.</summary>
    private sealed class FakeVault : HttpMessageHandler
    {
        private readonly List<string> _versions = [];

        /// <summary>The vault says that it is not there.</summary>
        public bool IsAway { get; set; }

        /// <summary>How often it has said so.</summary>
        public int Refused { get; private set; }

        public void Add(string? value = null) => _versions.Add(value ?? Pfx());

        public void Replace()
        {
            _versions.Clear();
            Add();
        }

        public SecretClient Client() => new(new Uri("https://vault.example"), new AnyToken(), new SecretClientOptions
        {
            Transport = new HttpClientTransport(this),
            DisableChallengeResourceVerification = true,
            Retry = { MaxRetries = 0 },
        });

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            if (IsAway)
            {
                Refused++;
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            }

            if (request.Headers.Authorization is null)
            {
                var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
                challenge.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer authorization=\"https://login.example/tenant\", resource=\"https://vault.example\"");
                return challenge;
            }

            var last = request.RequestUri!.Segments[^1].Trim('/');
            return Json(last == "versions"
                ? $$"""{"value":[{{string.Join(',', _versions.Select((_, i) => Describe(i, "")))}}]}"""
                : Describe(int.Parse(last, System.Globalization.CultureInfo.InvariantCulture), $"\"value\":\"{_versions[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)]}\","));
        }

        private static string Describe(int version, string value) =>
            $$"""{"id":"https://vault.example/secrets/key-ring/{{version}}",{{value}}"attributes":{"enabled":true,"created":{{1_500_000_000 + version}} } }""";

        private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json") };

        private static string Pfx()
        {
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            return Convert.ToBase64String(certificate.Export(X509ContentType.Pfx));
        }
    }

    private sealed class AnyToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
