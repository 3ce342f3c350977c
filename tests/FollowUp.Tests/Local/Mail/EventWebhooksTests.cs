using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using FollowUp.Local;
using FollowUp.Local.Clock;
using FollowUp.Local.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FollowUp.Tests.Local.Mail;

public sealed class EventWebhooksTests
{
    [Fact]
    public async Task Events_are_signed_and_carry_the_custom_arguments()
    {
        await using var receiver = new Receiver();
        var (body, isSigned) = await receiver.ReportAsync(new Faults());

        Assert.True(isSigned);
        Assert.Equal(["processed", "delivered"], body.Select(happened => (string)happened!["event"]!));
        Assert.All(body, happened =>
        {
            Assert.Equal("m-1", (string?)happened!["mid"]);
            Assert.Equal("rosalind.marsh@bgsw-crc.example", (string?)happened["email"]);
            Assert.NotNull(happened["sg_event_id"]);
        });
    }

    [Fact]
    public async Task An_address_can_be_made_to_bounce()
    {
        await using var receiver = new Receiver();
        var faults = new Faults();
        faults.Set(JsonSerializer.SerializeToElement(new { bounce = "Rosalind.Marsh@bgsw-crc.example" }));

        var (body, _) = await receiver.ReportAsync(faults);

        Assert.Equal(["processed", "bounce"], body.Select(happened => (string)happened!["event"]!));
    }

    private sealed class Receiver : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");
        private readonly Channel<(string Timestamp, string Signature, byte[] Body)> _received = Channel.CreateUnbounded<(string, string, byte[])>();

        public async Task<(JsonArray Body, bool IsSigned)> ReportAsync(Faults faults)
        {
            var port = FreePort.Next();
            await using var app = PlainWeb.Create(port, _ => { });
            app.MapPost("/webhooks/sendgrid", TakeAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);

            using var clock = SharedClock.Start(Path.Combine(_folder.FullName, "clock"), LocalOptions.Beginning);
            using var key = new WebhookKey(Path.Combine(_folder.FullName, "webhooks.pem"));
            await using var webhooks = new EventWebhooks(new Uri($"http://127.0.0.1:{port}"), key, faults, clock, _ => { });
            webhooks.Start();
            webhooks.Report(new KeptMessage("id", clock.UtcNow, JsonDocument.Parse(MailTests.Email).RootElement));

            var (timestamp, signature, body) = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);
            return (JsonNode.Parse(body)!.AsArray(), IsSigned(key.PublicKey, timestamp, signature, body));
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Writer.TryWrite((
                context.Request.Headers["X-Twilio-Email-Event-Webhook-Timestamp"].ToString(),
                context.Request.Headers["X-Twilio-Email-Event-Webhook-Signature"].ToString(),
                body.ToArray()));
        }

        private static bool IsSigned(string publicKey, string timestamp, string signature, byte[] body)
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.VerifyData((byte[])[.. Encoding.UTF8.GetBytes(timestamp), .. body], Convert.FromBase64String(signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }
}
