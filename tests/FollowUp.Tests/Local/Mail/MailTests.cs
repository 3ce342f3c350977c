using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local.Mail;

public sealed class MailTests(LocalService local) : IClassFixture<LocalService>
{
    internal const string Email = """
        {"personalizations":[{"to":[{"email":"rosalind.marsh@bgsw-crc.example","name":"Rosalind Marsh"}],"custom_args":{"mid":"m-1"}}],
         "from":{"email":"followup@inspectorate.example"},"subject":"Three recommendations for you","categories":["notice"],
         "content":[{"type":"text/plain","value":"Dear Rosalind"},{"type":"text/html","value":"<html><head></head><body><h1>Dear Rosalind</h1></body></html>"}]}
        """;

    [Fact]
    public async Task An_accepted_email_is_in_the_inbox_as_it_was_sent()
    {
        using var answer = await SendAsync(Email);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var id = Assert.Single(answer.Headers.GetValues("X-Message-Id"));
        var messages = await local.ConsoleClient().GetFromJsonAsync<JsonArray>("/api/messages", TestContext.Current.CancellationToken);
        var kept = messages!.Single(message => (string?)message!["id"] == id)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Email), kept["payload"]));
        Assert.Equal("2017-08-31T09:00:00+01:00", (string?)kept["receivedAt"]);
    }

    [Theory]
    [InlineData("{}", "personalizations")]
    [InlineData("""{"personalizations":[{"to":[]}]}""", "personalizations.0.to")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"x"}}""", "from.email")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"x@y.example"}}""", "subject")]
    [InlineData("""{"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"x@y.example"},"subject":"s"}""", "content")]
    public async Task An_unfit_email_is_refused_with_the_field(string email, string field)
    {
        using var answer = await SendAsync(email);
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (string?)body!["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task Without_the_key_nothing_is_taken()
    {
        using var answer = await SendAsync(Email, key: "SG.other");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Faults_come_as_often_as_they_were_asked_for()
    {
        await using var own = new LocalService();
        await own.InitializeAsync();
        using var console = own.ConsoleClient();
        using var asked = await console.PostAsJsonAsync("/faults", new { status = 503, count = 2 }, TestContext.Current.CancellationToken);

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync(Email, own);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([503, 503, 202], statuses);
    }

    [Fact]
    public async Task Cut_after_accept_keeps_the_email_and_answers_nothing()
    {
        await using var own = new LocalService();
        await own.InitializeAsync();
        using var console = own.ConsoleClient();
        using var asked = await console.PostAsJsonAsync("/faults", new { cutAfterAccept = 1 }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(Email, own));
        Assert.Single(own.Inbox);
    }

    private Task<HttpResponseMessage> SendAsync(string email, LocalService? to = null, string key = "SG.local")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send") { Content = new StringContent(email, Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer " + key);
        return (to ?? local).ConsoleClient().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
