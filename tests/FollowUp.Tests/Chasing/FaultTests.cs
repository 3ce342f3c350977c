using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FollowUp.Local.Mail;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Chasing;

/// <summary>What may come twice, all at once, or from somebody else. One stack; each test begins on a working morning of its own.</summary>
public sealed class FaultTests(Inspectorate the) : IClassFixture<Inspectorate>
{
    private const int Forgeries = 60;

    [Fact]
    public async Task Twenty_identical_requests_at_once_are_carried_out_once()
    {
        await MorningAsync();
        var (_, id) = await the.RecommendationAsync();
        var body = new { dueOn = Api.Day(the.Today.AddDays(90)), reason = "A double click" };
        var key = ("Idempotency-Key", Inspectorate.Fresh("key"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => the.Registrar.PostAsync($"api/recommendations/{id}/extend", body, key)));

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items, e => (string?)e["type"] == "extended");
    }

    [Fact]
    public async Task Timers_that_fire_many_times_at_once_send_each_email_once()
    {
        await MorningAsync();
        var noticed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => the.RecommendationAsync()));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => the.Service.Stack.Timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken)));
        await the.Service.SettleAsync();
        await the.Service.FireAsync("ChaseRecommendations");

        Assert.All(noticed, n => Assert.Single(the.To(Inspectorate.Address(n.Organisation, "main"))));
        foreach (var (_, id) in noticed)
            Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items, e => (string?)e["type"] == "stepPlanned");
    }

    [Fact]
    public async Task A_forged_webhook_changes_nothing_and_a_replayed_one_nothing_twice()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        var body = Event("delivered", Assert.Single(the.To(Inspectorate.Address(organisation, "main"))));
        var (timestamp, signature) = Sign(body);
        var before = await the.EverythingAsync();

        var random = new Random(17);
        for (var forgery = 0; forgery < Forgeries; forgery++)
            Assert.Equal(401, await PostAsync(forgery % 3 == 0 ? Flipped(body, random) : body, forgery % 3 == 1 ? Flipped(timestamp, random) : timestamp, forgery % 3 == 2 ? Flipped(signature, random) : signature));
        Assert.Equal(before, await the.EverythingAsync());

        var (old, signedThen) = Sign(body, TimeSpan.FromHours(25) + TimeSpan.FromMinutes(1));
        Assert.Equal(401, await PostAsync(body, old, signedThen));
        Assert.Equal(before, await the.EverythingAsync());

        (timestamp, signature) = Sign(body, TimeSpan.FromHours(24));
        for (var copy = 0; copy < 3; copy++)
            Assert.Equal(204, await PostAsync(body, timestamp, signature));
        var story = Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);
        Assert.Equal("delivered", (string?)story["delivery"]);
        Assert.Single(story["timeline"]!.AsArray(), t => (string?)t!["what"] == "delivered");
    }

    [Fact]
    public async Task A_webhook_that_is_larger_than_is_taken_at_once_changes_nothing()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        var (organisation, _) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        var one = Event("bounce", Assert.Single(the.To(Inspectorate.Address(organisation, "main"))))[1..^1];
        var before = await the.EverythingAsync();

        foreach (var body in new[] { $"[{string.Join(',', Enumerable.Repeat(one, 1001))}]", $"[{one}{new string(' ', 1024 * 1024)}]" })
        {
            var (timestamp, signature) = Sign(body);
            Assert.Equal(413, await PostAsync(body, timestamp, signature));
        }

        Assert.Equal(before, await the.EverythingAsync());
        var all = $"[{string.Join(',', Enumerable.Repeat(one, 1000))}]";
        var (at, signed) = Sign(all);
        Assert.Equal(204, await PostAsync(all, at, signed));
        Assert.NotEqual(before, await the.EverythingAsync());
    }

    [Fact]
    public async Task An_email_that_was_given_up_and_arrived_all_the_same_counts_and_its_task_is_done()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { cutAfterAccept = 2, webhooks = "off" }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        foreach (var hour in new[] { 10, 11, 12 })
            await the.Service.MoveClockAsync(the.Today, new(hour, 0));
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        var twice = the.To(Inspectorate.Address(organisation, "main"));
        Assert.Equal(2, twice.Count);
        Assert.Equal("unknown", (string?)(await MessageAsync(id))["status"]);
        Assert.Equal("emailFailed", (string?)Assert.Single(await TasksAsync(organisation))["kind"]);

        var body = Event("delivered", twice[0]);
        var (timestamp, signature) = Sign(body);
        Assert.Equal(204, await PostAsync(body, timestamp, signature));

        var story = await MessageAsync(id);
        Assert.Equal(("accepted", "delivered"), ((string?)story["status"], (string?)story["delivery"]));
        Assert.Empty(await TasksAsync(organisation));
    }

    [Fact]
    public async Task What_SendGrid_tells_late_stands_in_the_story_at_the_time_at_which_it_happened()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        var email = Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        var accepted = Time((await MessageAsync(id))["timeline"]!.AsArray().Single());
        await the.Service.MoveClockAsync(the.Today, new(15, 0));

        foreach (var (what, at) in new[] { ("delivered", accepted.AddMinutes(2)), ("processed", accepted.AddMinutes(1)), ("deferred", accepted.AddDays(1)), ("deferred", accepted.AddDays(-1)), ("deferred", DateTimeOffset.MaxValue) })
        {
            var body = Event(what, email, at);
            var (timestamp, signature) = Sign(body);
            Assert.Equal(204, await PostAsync(body, timestamp, signature));
        }

        var story = (await MessageAsync(id))["timeline"]!.AsArray();
        Assert.Equal(["accepted", "processed", "delivered", "deferred", "deferred", "deferred"], story.Select(e => (string?)e!["what"]));
        Assert.Equal([1, 2], story.Skip(1).Take(2).Select(e => (Time(e) - accepted).TotalMinutes), (a, b) => Math.Abs(a - b) < 0.1);
        // Times that cannot be are those at which it was told
        Assert.All(story.Skip(3), e => Assert.InRange(Time(e), accepted.AddHours(5), the.Service.Now));
        Assert.Equal("delivered", (string?)(await MessageAsync(id))["delivery"]);

        static DateTimeOffset Time(JsonNode? told) => (DateTimeOffset)told!["at"]!;
    }

    [Fact]
    public async Task Of_a_reason_as_long_as_a_book_the_story_keeps_the_beginning()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        var beginning = new string('x', 998);
        var body = Event("deferred", Assert.Single(the.To(Inspectorate.Address(organisation, "main"))), reason: $"{beginning}😀{new string('y', 500_000)}");

        var (timestamp, signature) = Sign(body);
        Assert.Equal(204, await PostAsync(body, timestamp, signature));

        var told = (await MessageAsync(id))["timeline"]!.AsArray()[^1]!;
        Assert.Equal(("deferred", $"{beginning}…"), ((string?)told["what"], (string?)told["detail"]));
    }

    [Fact]
    public async Task An_email_that_SendGrid_takes_only_later_waits_and_goes_once()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { status = 429, count = 1 }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        Assert.Empty(the.To(Inspectorate.Address(organisation, "main")));
        Assert.Equal("pending", (string?)(await MessageAsync(id))["status"]);

        await the.Service.MoveClockAsync(the.Today, new(10, 0));

        Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        Assert.Equal("accepted", (string?)(await MessageAsync(id))["status"]);
        Assert.Empty(await TasksAsync(organisation));
    }

    [Fact]
    public async Task An_email_that_SendGrid_refuses_for_good_goes_to_the_next_contact_and_staff_have_the_task()
    {
        await MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { status = 400, count = 1 }));
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");

        await the.Service.MoveClockAsync(the.Today, new(10, 0));

        Assert.Empty(the.To(Inspectorate.Address(organisation, "main")));
        Assert.Single(the.To(Inspectorate.Address(organisation, "second")));
        var messages = (await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items;
        Assert.Equal(["accepted second", "failed main"], messages.Select(m => $"{m!["status"]} {m["recipient"]!["role"]}").Order());
        var task = Assert.Single(await TasksAsync(organisation));
        Assert.Equal("emailFailed", (string?)task["kind"]);
        Assert.Contains("SendGrid answered 400", (string?)task["why"], StringComparison.Ordinal);
    }

    private async Task<JsonNode> MessageAsync(string id) => Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);

    private async Task<IReadOnlyList<JsonNode>> TasksAsync(string organisation) => [.. (await the.Viewer.GetAsync("api/tasks")).Items.Where(t => (string?)t["organisationId"] == organisation)];

    private string Event(string what, KeptMessage email, DateTimeOffset? at = null, string? reason = null)
    {
        var mid = email.Payload.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("mid").GetString();
        return JsonSerializer.Serialize(new[] { new { @event = what, mid, sg_event_id = Inspectorate.Fresh("event"), timestamp = (at ?? the.Service.Now).ToUnixTimeSeconds(), reason } });
    }

    /// <summary>As SendGrid signs, by real time.</summary>
    private (string Timestamp, string Signature) Sign(string body, TimeSpan age = default)
    {
        var timestamp = $"{(TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds()}";
        using var key = new WebhookKey(Path.Combine(the.Service.Options!.Data, "webhooks.pem"));
        return (timestamp, key.Sign(Encoding.UTF8.GetBytes(timestamp + body)));
    }

    private async Task<int> PostAsync(string body, string timestamp, string signature) =>
        (await the.Nobody.SendAsync(HttpMethod.Post, "webhooks/sendgrid", body, ("X-Twilio-Email-Event-Webhook-Signature", signature), ("X-Twilio-Email-Event-Webhook-Timestamp", timestamp))).Status;

    /// <summary>The text with one other letter or digit somewhere, never in the padding at its end.</summary>
    private static string Flipped(string text, Random random)
    {
        while (true)
        {
            var at = random.Next(text.Length - 4);
            if (char.IsAsciiLetterOrDigit(text[at]))
                return text[..at] + (text[at] == '7' ? '8' : '7') + text[(at + 1)..];
        }
    }

    private async Task MorningAsync() =>
        await the.Service.MoveClockAsync(FollowUp.Deadlines.WorkingCalendar.Published.Add(the.Today, 1), new(9, 0));
}
