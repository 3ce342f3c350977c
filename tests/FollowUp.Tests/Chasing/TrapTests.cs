using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Chasing;

/// <summary>What went wrong in other systems of this kind, each tried with ours. One stack; each test begins on a working morning of its own.</summary>
public sealed partial class TrapTests : IClassFixture<Inspectorate>
{
    private readonly Inspectorate _the;

    public TrapTests(Inspectorate inspectorate)
    {
        _the = inspectorate;
        _the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_an_emailed_link_writes_nothing_however_often_scanners_open_it()
    {
        var (organisation, _) = await NoticedAsync();
        var token = Inspectorate.TokenIn(_the.To(Inspectorate.Address(organisation, "main"))[0]);
        var before = await _the.EverythingAsync();

        foreach (var method in new[] { "GET", "HEAD", "GET", "HEAD" })
            Assert.Equal(200, (await _the.Nobody.SendAsync(new HttpMethod(method), $"reply/{token}", null, ("User-Agent", "SafeLinks/1.0"))).Status);

        Assert.Equal(before, await _the.EverythingAsync());
    }

    [Fact]
    public async Task Reply_secrets_have_256_random_bits_and_only_their_hash_is_stored()
    {
        var (organisation, _) = await NoticedAsync();
        var token = Inspectorate.TokenIn(_the.To(Inspectorate.Address(organisation, "main"))[0])!;

        Assert.Equal(43, token.Length);
        Assert.DoesNotContain(token, await _the.EverythingAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, _the.Service.Log, StringComparison.Ordinal);
        await foreach (var blob in new BlobContainerClient(_the.Service.StorageConnectionString, "emails").GetBlobsAsync(cancellationToken: Stop))
            Assert.DoesNotContain(token, (await new BlobClient(_the.Service.StorageConnectionString, "emails", blob.Name).DownloadContentAsync(Stop)).Value.Content.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..%2F..%2Fstaff")]
    public async Task An_unknown_link_is_not_found(string token)
    {
        var answer = await _the.Nobody.SendAsync(HttpMethod.Get, $"reply/x{token}");

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task The_link_is_the_same_in_both_parts_of_the_email_and_nothing_rewrites_it()
    {
        var (organisation, _) = await NoticedAsync();
        var email = _the.To(Inspectorate.Address(organisation, "main"))[0];

        var link = $"{_the.Service.BaseAddress}reply/{Inspectorate.TokenIn(email)}";
        Assert.Contains(link, Inspectorate.TextOf(email), StringComparison.Ordinal);
        Assert.Contains(link, Inspectorate.HtmlOf(email), StringComparison.Ordinal);
        Assert.False(email.Payload.GetProperty("tracking_settings").GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(email.Payload.GetProperty("tracking_settings").GetProperty("click_tracking").GetProperty("enable_text").GetBoolean());
    }

    [Fact]
    public async Task The_mail_says_which_item_is_meant_with_number_and_full_words()
    {
        var (organisation, id) = await NoticedAsync();
        var email = _the.To(Inspectorate.Address(organisation, "main"))[0];

        foreach (var part in new[] { Inspectorate.TextOf(email), Inspectorate.HtmlOf(email) })
            Assert.Contains("Improve the part 1 of your work.", Spaces().Replace(part, " "), StringComparison.Ordinal);
        Assert.Contains($"Recommendation {id.Split('/')[1]}", Spaces().Replace(Inspectorate.TextOf(email), " "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bounce_suspends_the_address_opens_one_task_and_takes_the_next_contact()
    {
        var organisation = await _the.OrganisationAsync();
        var main = Inspectorate.Address(organisation, "main");
        await FaultAsync(new { bounce = main });
        await MorningAsync();
        var id = await _the.IssuedAsync(organisation);
        await _the.Service.FireAsync("ChaseRecommendations");

        var messages = (await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items;
        Assert.Equal(
            [$"{main} bounced", $"{Inspectorate.Address(organisation, "second")} delivered"],
            messages.Select(m => $"{m["recipient"]!["email"]} {m["delivery"]}").Order());
        Assert.All(messages, m => Assert.Equal("notice", (string?)m["kind"]));
        Assert.Single((await _the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation);

        await _the.Service.FireAsync("ChaseRecommendations");
        Assert.Equal(2, (await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items.Count);
    }

    [Fact]
    public async Task A_bounce_takes_the_next_contact_also_where_another_main_contact_was_reached()
    {
        var id = Inspectorate.Fresh("org");
        var organisation = await _the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id), Inspectorate.Contact(id, "main", "Other Main"), Inspectorate.Contact(id, "second")]);
        await FaultAsync(new { bounce = Inspectorate.Address(id, "main") });
        await MorningAsync();
        var recommendation = await _the.IssuedAsync(organisation);
        await _the.Service.FireAsync("ChaseRecommendations");

        var messages = (await _the.Viewer.GetAsync($"api/recommendations/{recommendation}/messages")).Items;
        Assert.Equal(["bounced", "delivered", "delivered"], messages.Select(m => (string?)m["delivery"]).Order());
        Assert.Single(_the.To(Inspectorate.Address(id, "second")));
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("deferred")]
    public async Task A_full_mailbox_is_not_treated_as_dead(string fate)
    {
        var organisation = await _the.OrganisationAsync();
        await FaultAsync(new Dictionary<string, string> { [fate] = Inspectorate.Address(organisation, "main") });
        await MorningAsync();
        var id = await _the.IssuedAsync(organisation);
        await _the.Service.FireAsync("ChaseRecommendations");

        Assert.Equal("deferred", (string?)Assert.Single((await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items)["delivery"]);
        Assert.DoesNotContain((await _the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation);
    }

    [Fact]
    public async Task An_email_that_its_recipients_server_refused_is_told_as_refused_and_staff_have_a_task_the_next_day()
    {
        var organisation = await _the.OrganisationAsync();
        var main = Inspectorate.Address(organisation, "main");
        await FaultAsync(new { blocked = main });
        await MorningAsync();
        var id = await _the.IssuedAsync(organisation);
        await _the.Service.FireAsync("ChaseRecommendations");
        await FaultAsync(new { off = true });
        var email = Assert.Single((await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);
        Assert.Equal("blocked", (string?)email["timeline"]!.AsArray()[^1]!["what"]);
        using var staff = await StaffBrowser.SignInAsync(_the.Service, "reviewer");
        var page = (await staff.GetAsync($"/staff/messages/{email["mid"]}")).Document;
        Assert.Equal("Refused", page.QuerySelector(".govuk-summary-list .govuk-tag")?.TextContent.Trim());
        Assert.Contains("The recipient’s mail server refused this email. The address stays in use. 554 5.7.1 Message blocked", page.Body!.TextContent, StringComparison.Ordinal);
        await _the.Service.FireAsync("SweepRegister");
        Assert.Empty(await TasksAsync());

        await _the.Service.MoveClockAsync(_the.Today.AddDays(1), new(13, 0));

        var task = Assert.Single(await TasksAsync());
        Assert.Equal(("emailFailed", (string?)email["mid"]), ((string?)task["kind"], (string?)task["mid"]));
        Assert.EndsWith(" another way, or send it again", (string?)task["what"], StringComparison.Ordinal);
        Assert.StartsWith($"The mail server of {main} refused an email of ", (string?)task["why"], StringComparison.Ordinal);

        async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> TasksAsync() => [.. (await _the.Viewer.GetAsync("api/tasks")).Items.Where(t => (string?)t["organisationId"] == organisation)];
    }

    [Fact]
    public async Task An_email_that_was_taken_while_the_answer_was_lost_goes_once_when_the_webhook_comes()
    {
        await MorningAsync();
        var (organisation, _) = await _the.RecommendationAsync();
        await FaultAsync(new { cutAfterAccept = 1 });
        await _the.Service.FireAsync("ChaseRecommendations");
        await _the.Service.MoveClockAsync(_the.Today, new(11, 0));

        Assert.Single(_the.To(Inspectorate.Address(organisation, "main")));
        await FaultAsync(new { off = true });
    }

    [Fact]
    public async Task An_acceptance_that_only_the_webhook_tells_of_counts_for_the_ask()
    {
        await MorningAsync();
        var (organisation, id) = await _the.RecommendationAsync();
        await FaultAsync(new { cutAfterAccept = 1 });
        await _the.Service.FireAsync("ChaseRecommendations");
        await FaultAsync(new { off = true });

        var row = await StateAsync(organisation, id);
        Assert.Equal(_the.Today, DateOnly.Parse(row.RootElement.GetProperty("ask").GetProperty("ladder").GetProperty("firstAcceptedOn").GetString()!, null));
    }

    [Fact]
    public async Task A_resend_moves_no_deadline()
    {
        await MorningAsync();
        var (organisation, id) = await _the.RecommendationAsync();
        var before = (await _the.Viewer.GetAsync($"api/recommendations/{id}")).At("ask")!;
        await FaultAsync(new { cutAfterAccept = 1, webhooks = "off" });
        await _the.Service.FireAsync("ChaseRecommendations");
        await FaultAsync(new { off = true });
        await _the.Service.MoveClockAsync(_the.Today, new(11, 0));

        Assert.Equal(2, _the.To(Inspectorate.Address(organisation, "main")).Count);
        var after = (await _the.Viewer.GetAsync($"api/recommendations/{id}")).At("ask")!;
        Assert.Equal((before["dueOn"]!.ToString(), before["version"]!.ToString()), (after["dueOn"]!.ToString(), after["version"]!.ToString()));
    }

    [Fact]
    public async Task A_failed_run_does_not_look_good_and_the_rest_is_done()
    {
        await MorningAsync();
        var (broken, _) = await _the.RecommendationAsync();
        var (fine, _) = await _the.RecommendationAsync();
        var table = new TableClient(_the.Service.StorageConnectionString, "Register");
        await table.AddEntityAsync(new TableEntity(broken, "rec|aaa-2017-08|001") { ["v"] = 2, ["json0"] = "{}", ["precious"] = "kept" }, Stop);
        var agenda = new TableClient(_the.Service.StorageConnectionString, "Agenda");
        await agenda.AddEntityAsync(new TableEntity("2017-08-31", $"{broken}|aaa-2017-08|001"), Stop);
        try
        {
            var outcome = await _the.Service.Stack.Timers.FireAsync("ChaseRecommendations", Stop);
            await _the.Service.SettleAsync();

            Assert.False(outcome!.Succeeded);
            Assert.Single(_the.To(Inspectorate.Address(fine, "main")));
            Assert.Single(_the.To(Inspectorate.Address(broken, "main")));
            Assert.False((await _the.Service.Stack.Timers.FireAsync("SweepRegister", Stop))!.Succeeded);
            Assert.Single((await _the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == broken && (string?)t["kind"] == "unreadableRow");
            Assert.Equal(503, (await _the.Nobody.GetAsync("health/chase")).Status);
            var row = await table.GetEntityAsync<TableEntity>(broken, "rec|aaa-2017-08|001", cancellationToken: Stop);
            Assert.Equal((2, "{}", "kept"), (row.Value.GetInt32("v"), row.Value.GetString("json0"), row.Value.GetString("precious")));
        }
        finally
        {
            // Else every later run of this stack would fail too
            await table.DeleteEntityAsync(broken, "rec|aaa-2017-08|001", cancellationToken: Stop);
            await agenda.DeleteEntityAsync("2017-08-31", $"{broken}|aaa-2017-08|001", cancellationToken: Stop);
        }

        await _the.Service.FireAsync("ChaseRecommendations");
        Assert.Single(_the.To(Inspectorate.Address(broken, "main")));
    }

    [Fact]
    public async Task A_moved_deadline_leaves_no_old_reminder_scheduled()
    {
        await MorningAsync();
        var (organisation, id) = await _the.RecommendationAsync();
        await _the.Service.FireAsync("ChaseRecommendations");
        var due = DateOnly.Parse((await _the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"), null);
        await _the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = Api.Day(due.AddDays(70)), reason = "Because" });

        await _the.Service.SkipToAsync(due.AddDays(10), new(12, 0));

        Assert.DoesNotContain(_the.To(Inspectorate.Address(organisation, "main")), m => Inspectorate.Category(m) is "reminder" or "overdue");
    }

    [Fact]
    public async Task What_is_answered_between_planning_and_sending_is_not_sent()
    {
        await MorningAsync();
        var (organisation, id) = await _the.RecommendationAsync();
        await FaultAsync(new { status = 503, count = 1000 });
        await _the.Service.FireAsync("ChaseRecommendations");
        await _the.AnswerAsync(organisation, id);
        await FaultAsync(new { off = true });
        await _the.Service.MoveClockAsync(_the.Today, new(12, 0));

        Assert.DoesNotContain(_the.To(Inspectorate.Address(organisation, "main")), m => Inspectorate.Category(m) == "notice");
        Assert.Equal("cancelled", (string?)(await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items.Single(m => (string?)m["kind"] == "notice")["status"]);
    }

    [Fact]
    public async Task A_message_that_could_not_be_sent_on_its_day_is_in_the_next_days_and_nothing_goes_twice()
    {
        await MorningAsync();
        var (organisation, id) = await _the.RecommendationAsync();
        await FaultAsync(new { status = 503, count = 100_000 });
        await _the.Service.FireAsync("ChaseRecommendations");
        await _the.Service.MoveClockAsync(_the.Today, new(12, 0));
        Assert.Equal(503, (await _the.Nobody.GetAsync("health/chase")).Status);

        await FaultAsync(new { off = true });
        await MorningAsync();
        await _the.Service.MoveClockAsync(_the.Today, new(9, 30));

        Assert.Single(_the.To(Inspectorate.Address(organisation, "main")));
        Assert.Equal(["accepted", "withdrawn"], (await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items.Select(m => (string)m["status"]!).Order());
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);
    }

    [Fact]
    public async Task An_organisation_that_has_ended_is_not_chased_and_staff_are_offered_its_successor()
    {
        await MorningAsync();
        var (organisation, _) = await _the.RecommendationAsync();
        await _the.Registrar.PutAsync($"api/organisations/{organisation}", new { name = "Ended", kind = "crc", until = Api.Day(_the.Today.AddDays(-1)), successor = _the.StrangerOrganisation, contacts = new[] { Inspectorate.Contact(organisation) } });
        await _the.Service.FireAsync("ChaseRecommendations");

        Assert.Empty(_the.To(Inspectorate.Address(organisation, "main")));
        var task = Assert.Single((await _the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation);
        Assert.Equal("organisationEnded", (string?)task["kind"]);
        Assert.Contains(_the.StrangerOrganisation, (string?)task["what"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_that_is_published_later_is_issued_on_that_day_also_when_the_day_is_moved_forward()
    {
        await MorningAsync();
        var organisation = await _the.OrganisationAsync();
        var form = _the.Form(organisation) with { PublishedOn = _the.Today.AddDays(14) };
        var id = (await _the.Registrar.PostAsync("api/inspections", form)).Word("id");

        var scheduled = await _the.Registrar.PostAsync($"api/inspections/{id}/issue");
        Assert.Equal((200, "scheduled", "draft"), (scheduled.Status, scheduled.Word("stage"), scheduled.Word("recommendations", 0, "status")));
        await _the.Registrar.PatchAsync($"api/inspections/{id}", new { publishedOn = Api.Day(_the.Today.AddDays(7)) });
        await _the.Service.MoveClockAsync(_the.Today.AddDays(6), new(12, 0));
        Assert.Empty(_the.To(Inspectorate.Address(organisation, "main")));

        await _the.Service.MoveClockAsync(_the.Today.AddDays(1), new(12, 0));
        Assert.Equal("issued", (await _the.Viewer.GetAsync($"api/inspections/{id}")).Word("stage"));
        Assert.Single(_the.To(Inspectorate.Address(organisation, "main")));
    }

    [Fact]
    public async Task The_health_of_chasing_tells_of_a_chase_that_stopped()
    {
        await MorningAsync();
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);

        _the.Service.Stack.Clock.StandAt(_the.Service.Stack.Clock.UtcNow.AddMinutes(45));
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);
        _the.Service.Stack.Clock.StandAt(_the.Service.Stack.Clock.UtcNow.AddMinutes(1));
        Assert.Equal(503, (await _the.Nobody.GetAsync("health/chase")).Status);

        await _the.Administrator.PostAsync("api/chase");
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);
        _the.Service.Stack.Clock.StandAt(_the.Service.Stack.Clock.UtcNow.AddHours(26));
        await _the.Administrator.PostAsync("api/chase");
        var health = await _the.Nobody.GetAsync("health/chase");
        Assert.Equal(503, health.Status);
        Assert.Contains("sweep", health.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", health.Text, StringComparison.Ordinal);
        await _the.Service.FireAsync("SweepRegister");
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);
    }

    private async Task<(string Organisation, string Recommendation)> NoticedAsync()
    {
        await MorningAsync();
        var noticed = await _the.RecommendationAsync();
        await _the.Service.FireAsync("ChaseRecommendations");
        return noticed;
    }

    /// <summary>Goes to 09:00 of the next working day.</summary>
    private async Task MorningAsync() =>
        await _the.Service.MoveClockAsync(FollowUp.Deadlines.WorkingCalendar.Published.Add(_the.Today, 1), new(9, 0));

    private Task FaultAsync(object wish)
    {
        Assert.Null(_the.Service.Faults.Set(JsonSerializer.SerializeToElement(wish)));
        return Task.CompletedTask;
    }

    private async Task<JsonDocument> StateAsync(string organisation, string id)
    {
        var (inspection, number) = (id.Split('/')[0], id.Split('/')[1]);
        var row = await new TableClient(_the.Service.StorageConnectionString, "Register").GetEntityAsync<TableEntity>(organisation, $"rec|{inspection}|{number.PadLeft(3, '0')}", cancellationToken: Stop);
        return JsonDocument.Parse(row.Value.GetString("json0"));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
