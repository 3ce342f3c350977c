using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FollowUp.Tests.Replies;

namespace FollowUp.Tests.Contract;

/// <summary>How long an Idempotency-Key counts, from both sides; the clock is moved, so the service is one of its own.</summary>
public sealed class IdempotencyTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task A_key_counts_for_24_hours_and_then_is_a_new_one()
    {
        var asked = await service.AskAsync();
        var api = await service.Local.ApiAsync("registrar");
        var extend = $"api/recommendations/{asked.Inspection}/1/extend";
        var draft = new { title = "Inspection by key", area = asked.Organisation, programme = "Quality", publishedOn = "2017-08-31", leadInspector = new { name = "Ines Lead", email = "ines@inspectorate.example" }, recommendations = new[] { new { organisationId = asked.Organisation, text = "Do it." } } };
        Assert.Equal("2017-10-12", await ExtendAsync("2017-10-12"));
        var (status, id) = await RegisterAsync();
        Assert.Equal(HttpStatusCode.Created, status);

        await service.Local.MoveClockAsync(new(2017, 9, 1), new TimeOnly(8, 59, 59));
        Assert.Equal("2017-10-12", await ExtendAsync("2017-10-19"));
        Assert.Equal((HttpStatusCode.Created, id), await RegisterAsync());

        await service.Local.MoveClockAsync(new(2017, 9, 1), new TimeOnly(9, 0, 1));
        api = await service.Local.ApiAsync("registrar");
        Assert.Equal("2017-10-19", await ExtendAsync("2017-10-19"));
        Assert.Equal(HttpStatusCode.Conflict, (await RegisterAsync()).Status);

        async Task<string?> ExtendAsync(string dueOn) => (string?)(await SendAsync(extend, new { dueOn, reason = "Asked for" })).Body!["ask"]!["dueOn"];
        async Task<(HttpStatusCode Status, string? Id)> RegisterAsync() => await SendAsync("api/inspections", draft) is var (code, body) ? (code, (string?)body?["id"]) : default;

        async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            await request.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
            request.Headers.Add("Idempotency-Key", "the same key");
            using var answer = await api.SendAsync(request, TestContext.Current.CancellationToken);
            return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }
}
