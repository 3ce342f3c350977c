using System.Net;
using System.Text.Json;
using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Replies;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>
/// A row that cannot be read stops nothing but what it is itself about: it stays as it is, staff have a task, health is red
/// while it is there, and all the rest goes on. One stack; each test begins on a working morning of its own.
/// </summary>
public sealed class DamagedRowsTests(Inspectorate the) : IClassFixture<Inspectorate>, IAsyncDisposable
{
    private StaffBrowser? _staff;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _staff?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_suspension_that_cannot_be_read_suspends_its_address_and_no_other()
    {
        await MorningAsync();
        var (organisation, _) = await the.RecommendationAsync();
        var (fine, _) = await the.RecommendationAsync();
        var main = EmailAddress.Parse(Inspectorate.Address(organisation, "main"), null);
        await using (await Damage.PlantAsync(the.Service, "Addresses", "suspended", Keys.Hash(main.ToString())))
        {
            await FailingChaseAsync(Keys.Hash(main.ToString()));

            Assert.Empty(the.To(main.ToString()));
            Assert.Single(the.To(Inspectorate.Address(organisation, "second")));
            Assert.Single(the.To(Inspectorate.Address(fine, "main")));
            var page = await _staff!.GetAsync($"/staff/organisations/{organisation}");
            Assert.Contains("The row that says why cannot be read", page.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _staff!.PostAsync($"/staff/organisations/{organisation}/address?email={main}")).Status);
        }

        await HealthyChaseAsync();
    }

    [Fact]
    public async Task An_organisation_that_cannot_be_read_stops_only_what_is_about_itself()
    {
        await MorningAsync();
        var owner = await the.OrganisationAsync("owner");
        var below = await the.OrganisationAsync("crc", owner);
        await the.IssuedAsync(owner, below);
        await using (await Damage.PlantAsync(the.Service, "Organisations", "directory", $"org|{owner}"))
        {
            await FailingChaseAsync($"org|{owner}");

            Assert.Empty(the.To(Inspectorate.Address(owner, "main")));
            Assert.Single(the.To(Inspectorate.Address(below, "main")));
            Assert.Contains($"The row of the organisation {owner} cannot be read, so nothing is sent about it until it can.", (await _staff!.GetAsync("/staff/jobs")).Html, StringComparison.Ordinal);
            var page = await _staff!.GetAsync($"/staff/organisations/{owner}/edit");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (page.Status, page.Html.Contains("Sorry, this cannot be shown at the moment", StringComparison.Ordinal)));
            Assert.Contains(owner, (await _staff!.GetAsync($"/staff/organisations/{below}/edit")).Html, StringComparison.Ordinal);
            var put = await the.Registrar.PutAsync($"api/organisations/{owner}", new { name = "Another", kind = "owner", contacts = new[] { Inspectorate.Contact(owner) } });
            Assert.Equal((503, true), (put.Status, put.IsProblem));
            Assert.Contains("cannot be read", put.Word("detail"), StringComparison.Ordinal);
        }

        await HealthyChaseAsync();
        Assert.Single(the.To(Inspectorate.Address(owner, "main")));
    }

    [Fact]
    public async Task A_day_before_that_cannot_be_read_is_passed_over()
    {
        await MorningAsync();
        var (organisation, _) = await the.RecommendationAsync();
        var day = $"day|{Api.Day(the.Today.AddDays(-40))}";
        await using (await Damage.PlantAsync(the.Service, "Register", "_staff", day))
        {
            await FailingChaseAsync(day);
            Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        }

        await HealthyChaseAsync();
    }

    [Fact]
    public async Task On_a_day_that_cannot_be_counted_what_is_planned_goes_and_nothing_is_planned()
    {
        await MorningAsync();
        var (planned, _) = await the.RecommendationAsync();
        Fault(new { status = 503, count = 1000 });
        await the.Service.FireAsync("ChaseRecommendations");
        var (late, _) = await the.RecommendationAsync();
        await using (await Damage.PlantAsync(the.Service, "Register", "_staff", $"day|{Api.Day(the.Today)}"))
        {
            Fault(new { off = true });
            the.Service.Stack.Clock.StandAt(the.Service.Stack.Clock.UtcNow.AddMinutes(30));
            await FailingChaseAsync($"day|{Api.Day(the.Today)}");

            Assert.Single(the.To(Inspectorate.Address(planned, "main")));
            Assert.Empty(the.To(Inspectorate.Address(late, "main")));
            Assert.Equal((0, "held"), ((int)(await the.Viewer.GetAsync("api/sending")).At("limit")!, (await the.Viewer.GetAsync("api/sending")).Word("status")));
            Assert.Contains("cannot be read, so no more can be counted", (await _staff!.GetAsync("/staff/jobs")).Html, StringComparison.Ordinal);
            Assert.Contains("Nothing more is planned today", (await _staff!.GetAsync("/staff/sending")).Html, StringComparison.Ordinal);
            Assert.Equal(503, (await the.Administrator.PostAsync("api/sending/release", new { upTo = 5000, reason = "It must go." })).Status);
        }

        await HealthyChaseAsync();
        Assert.Single(the.To(Inspectorate.Address(late, "main")));
    }

    [Fact]
    public async Task An_inspection_that_cannot_be_read_stops_only_its_own_recommendations()
    {
        await MorningAsync();
        var organisation = await the.OrganisationAsync();
        var bad = (await the.IssuedAsync(organisation)).Split('/')[0];
        await the.IssuedAsync(organisation);
        await using (await Damage.PlantAsync(the.Service, "Inspections", bad, "header"))
        {
            await FailingChaseAsync(bad);
            var letter = Inspectorate.TextOf(Assert.Single(the.To(Inspectorate.Address(organisation, "main"))));
            Assert.Contains("Improve the part 1 of your work.", letter, StringComparison.Ordinal);
        }

        await NextMorningAsync();
        Assert.Equal(2, the.To(Inspectorate.Address(organisation, "main")).Count);
    }

    [Fact]
    public async Task An_email_that_cannot_be_read_closes_its_day_for_its_recipient()
    {
        await MorningAsync();
        var organisation = await the.OrganisationAsync();
        var first = await the.IssuedAsync(organisation);
        await the.Service.FireAsync("ChaseRecommendations");
        await the.IssuedAsync(organisation);
        var (fine, _) = await the.RecommendationAsync();
        var recipient = new Recipient("", EmailAddress.Parse(Inspectorate.Address(organisation, "main"), null), Relation.Own);
        var key = RegisterTable.ChasingKey(recipient, the.Today);
        await using (await Damage.PlantAsync(the.Service, "Register", organisation, key))
        {
            await FailingChaseAsync(key, organisation);
            Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
            Assert.Single(the.To(Inspectorate.Address(fine, "main")));
            Assert.Equal(200, (await the.Viewer.GetAsync($"api/recommendations/{first}/messages")).Status);
        }

        await NextMorningAsync();
        Assert.Equal(2, the.To(Inspectorate.Address(organisation, "main")).Count);
    }

    [Fact]
    public async Task What_cannot_be_read_is_left_out_of_a_digest_and_goes_when_it_can_be()
    {
        await MorningAsync();
        var organisation = await the.OrganisationAsync();
        var id = await the.IssuedAsync(organisation, organisation);
        Fault(new { status = 503, count = 1000 });
        await the.Service.FireAsync("ChaseRecommendations");
        Fault(new { off = true });
        await using (await Damage.PlantAsync(the.Service, "Register", organisation, $"rec|{id.Split('/')[0]}|002"))
        {
            the.Service.Stack.Clock.StandAt(the.Service.Stack.Clock.UtcNow.AddMinutes(30));
            await the.Service.Stack.Timers.FireAsync("ChaseRecommendations", Stop);
            await the.Service.SettleAsync();

            var letter = Inspectorate.TextOf(Assert.Single(the.To(Inspectorate.Address(organisation, "main"))));
            Assert.Contains("Improve the part 1 of your work.", letter, StringComparison.Ordinal);
            Assert.DoesNotContain("Improve the part 2 of your work.", letter, StringComparison.Ordinal);
            Assert.Single(await TasksAsync(), t => (string?)t["organisationId"] == organisation);
        }

        await NextMorningAsync();
        var later = Inspectorate.TextOf(the.To(Inspectorate.Address(organisation, "main"))[1]);
        Assert.Contains("Improve the part 2 of your work.", later, StringComparison.Ordinal);
        Assert.DoesNotContain("Improve the part 1 of your work.", later, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_organisation_typed_is_shown_to_copy_when_it_cannot_be_taken()
    {
        await MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        using var visitor = new Visitor(the.Service.BaseAddress, _ => Inspectorate.Address(organisation, "main"));
        var home = await visitor.StartAsync($"/reply/{Inspectorate.TokenIn(the.To(Inspectorate.Address(organisation, "main"))[0])}");
        var question = await visitor.OpenAsync($"{home}/{id}");
        (string, string, string)[] rows = [("Register", organisation, $"rec|{id.Replace('/', '|').Replace("|1", "|001", StringComparison.Ordinal)}"), ("Organisations", "directory", $"org|{organisation}")];
        foreach (var (table, partition, row) in rows)
        {
            await using (await Damage.PlantAsync(the.Service, table, partition, row))
            {
                var sent = await visitor.SendAsync(question, "continue", Typed.Agreed("Recruit eight case managers"));
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "Try again in a few minutes"), (sent.Status, sent.Heading));
                Assert.Contains("Recruit eight case managers", sent.Html, StringComparison.Ordinal);
                Assert.Contains(await TasksAsync(), t => ((string)t["why"]!).Contains(row, StringComparison.Ordinal));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.OpenAsync($"{home}/{id}")).Status);
            }
        }

        Assert.Contains("/check", (await visitor.SendAsync(question, "continue", Typed.Agreed("Recruit eight case managers"))).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ladder_or_holiday_that_cannot_be_read_stops_the_chase_and_says_so()
    {
        await MorningAsync();
        var (organisation, _) = await the.RecommendationAsync();
        foreach (var (partition, row) in new[] { ("ladder", "v|00002"), ("holidays", "2017-12-27") })
        {
            await using (await Damage.PlantAsync(the.Service, "Settings", partition, row))
            {
                await FailingChaseAsync(row);
                Assert.Empty(the.To(Inspectorate.Address(organisation, "main")));
                Assert.Contains("Nothing is chased until the ladder and the holidays can be read.", (await _staff!.GetAsync("/staff/jobs")).Html, StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, (await _staff!.GetAsync("/staff/tasks")).Status);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _staff!.GetAsync("/staff")).Status);
            }
        }

        await HealthyChaseAsync();
        Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
    }

    [Fact]
    public async Task Brakes_that_cannot_be_read_stop_all_sending()
    {
        await MorningAsync();
        var (organisation, _) = await the.RecommendationAsync();
        await using (await Damage.PlantAsync(the.Service, "Settings", "sending", "brakes"))
        {
            await FailingChaseAsync("sending / brakes");
            Assert.Empty(the.To(Inspectorate.Address(organisation, "main")));
            Assert.Equal("stopped", (await the.Viewer.GetAsync("api/sending")).Word("status"));
            Assert.Equal(503, (await the.Administrator.PostAsync("api/sending/resume")).Status);
        }

        await HealthyChaseAsync();
        Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
    }

    [Fact]
    public async Task An_email_that_cannot_be_read_keeps_no_other_ones_events_from_being_taken()
    {
        await MorningAsync();
        var (bad, _) = await the.RecommendationAsync();
        var (fine, id) = await the.RecommendationAsync();
        Fault(new { webhooks = "off" });
        await the.Service.FireAsync("ChaseRecommendations");
        Fault(new { off = true });
        SendGridEvent Delivered(string organisation) => new(Inspectorate.Mid(the.To(Inspectorate.Address(organisation, "main"))[0]), "delivered", Inspectorate.Fresh("event"), null, null, null);
        var recipient = new Recipient("", EmailAddress.Parse(Inspectorate.Address(bad, "main"), null), Relation.Own);
        await using (await Damage.PlantAsync(the.Service, "Register", bad, RegisterTable.ChasingKey(recipient, the.Today)))
        {
            var failed = await Assert.ThrowsAsync<UnreadableRowException>(() => the.Parts.GetRequiredService<SendGridWebhook>().RunAsync([Delivered(bad), Delivered(fine)], Stop));
            Assert.Equal(bad, failed.Row.PartitionKey);
            Assert.Equal("delivered", (string?)Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items)["delivery"]);
        }
    }

    [Fact]
    public async Task Every_page_opens_whatever_cannot_be_read_and_says_that_it_shows_too_little()
    {
        await MorningAsync();
        var owner = await the.OrganisationAsync("owner");
        var organisation = await the.OrganisationAsync("crc", owner);
        var id = await the.IssuedAsync(organisation, organisation, organisation);
        var inspection = id.Split('/')[0];
        var hidden = (await the.IssuedAsync(organisation)).Split('/')[0];
        await the.Service.FireAsync("ChaseRecommendations");
        await the.AnswerAsync(organisation, $"{inspection}/2");
        await the.Service.SettleAsync();
        using var provider = new Visitor(the.Service.BaseAddress, _ => Inspectorate.Address(organisation, "main"));
        var home = await provider.StartAsync($"/reply/{Inspectorate.TokenIn(the.To(Inspectorate.Address(organisation, "main"))[0])}");
        var day = Api.Day(the.Today);
        var recipient = new Recipient("", EmailAddress.Parse(Inspectorate.Address(organisation, "second"), null), Relation.Own);
        (string Table, string Partition, string Row)[] all =
        [
            ("Organisations", "directory", "org|unread-org"), ("Organisations", "directory", $"org|{owner}"),
            ("Organisations", "directory", $"evt|{organisation}|9|damaged"),
            ("Addresses", "suspended", Keys.Hash(recipient.Email.ToString())),
            ("Inspections", hidden, "header"), ("Inspections", "unread-2017-08", "header"), ("Inspections", inspection, "rec|009"),
            ("Register", organisation, $"rec|{inspection}|002"), ("Register", organisation, $"rec|{inspection}|008"),
            ("Register", organisation, $"evt|{inspection}|001|000009"), ("Register", organisation, RegisterTable.ChasingKey(recipient, the.Today)),
            ("Register", organisation, "lnk|0000"), ("Register", organisation, "cal|0000"), ("Register", organisation, $"nom|{day}-01"), ("Register", organisation, "tsk|damaged"),
            ("Register", organisation, $"evd|{inspection}|001|{new string('0', 32)}"),
            ("Register", "_staff", $"day|{day}"), ("Register", "_staff", $"day|{Api.Day(the.Today.AddDays(-30))}"), ("Register", "_staff", "tsk|damaged"),
            ("Settings", "sending", "brakes"), ("Settings", "history-sending", "0|damaged"), ("Settings", "history-holidays", "0|damaged"),
            ("Runs", "last", "ChaseRecommendations"), ("Runs", "last", "SweepRegister"), ("Runs", "last", "SendStaffDigest"),
        ];
        var planted = new List<Damage>();
        try
        {
            foreach (var (table, partition, row) in all)
                planted.Add(await Damage.PlantAsync(the.Service, table, partition, row));

            string[] pages =
            [
                "/staff", "/staff/recommendations", $"/staff/recommendations?organisation={organisation}", $"/staff/recommendations?owner={owner}", $"/staff/recommendations?inspection={inspection}", "/staff/review",
                "/staff/tasks", "/staff/tasks/done", "/staff/inspections", "/staff/inspections/new", $"/staff/inspections/{inspection}", $"/staff/inspections/{inspection}/action-plan",
                $"/staff/recommendations/{id}", $"/staff/recommendations/{id}/deadline", $"/staff/recommendations/{id}/extend",
                "/staff/organisations", "/staff/organisations/new", $"/staff/organisations/{organisation}", $"/staff/organisations/{organisation}/edit",
                "/staff/outlook", "/staff/sending", "/staff/sending/now", "/staff/sending/stop", "/staff/sending/resume", "/staff/sending/release", "/staff/jobs",
                "/staff/ladder", "/staff/ladder/edit", "/staff/holidays", "/staff/holidays/add", "/staff/holidays/2017-12-25/remove", "/staff/holidays/2017-12-25/deadlines",
            ];
            string[] complete = ["/staff/tasks", "/staff/tasks/done", "/staff/inspections/new", "/staff/organisations/new", "/staff/sending/now", "/staff/sending/stop", "/staff/sending/resume", "/staff/sending/release", "/staff/jobs", "/staff/ladder", "/staff/ladder/edit", "/staff/holidays/add", "/staff/holidays/2017-12-25/remove", "/staff/holidays/2017-12-25/deadlines", $"/staff/recommendations/{id}/deadline", $"/staff/recommendations/{id}/extend", $"/staff/organisations/{organisation}/edit"];
            var wrong = new List<string>();
            foreach (var page in pages)
            {
                var seen = await _staff!.GetAsync(page);
                if (seen.Status != HttpStatusCode.OK)
                    wrong.Add($"{page}: {seen.Status}");
                else if (!complete.Contains(page) && !seen.Html.Contains("so this page may show too little", StringComparison.Ordinal))
                    wrong.Add($"{page}: says nothing");
            }

            string[] doors = ["api/organisations", $"api/organisations/{organisation}/links", "api/inspections", $"api/inspections/{inspection}", "api/recommendations", $"api/recommendations/{id}", $"api/recommendations/{id}/events", $"api/recommendations/{id}/messages", "api/outlook", "api/tasks", "api/sending", "api/chase"];
            foreach (var door in doors)
                wrong.AddRange((await the.Administrator.GetAsync(door)).Status is not 200 and var status ? [$"{door}: {status}"] : []);
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));

            var list = await provider.OpenAsync(home);
            Assert.Equal(HttpStatusCode.OK, list.Status);
            Assert.Contains("We cannot show 3 of your recommendations at the moment. They have not been lost, and the inspectorate has been told.", list.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await provider.OpenAsync($"{home}/{id}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await provider.OpenAsync($"{home}/{inspection}/action-plan")).Status);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await provider.OpenAsync($"{home}/{inspection}/2")).Status);

            Assert.False((await the.Service.Stack.Timers.FireAsync("SweepRegister", Stop))!.Succeeded);
            Assert.False((await the.Service.Stack.Timers.FireAsync("SendStaffDigest", Stop))!.Succeeded);
            Assert.False((await the.Service.Stack.Timers.FireAsync("ChaseRecommendations", Stop))!.Succeeded);
            var told = await TasksAsync();
            Assert.All(all, row => Assert.Single(told, t => ((string)t["why"]!).StartsWith($"The row {row.Partition} / {row.Row} cannot be read", StringComparison.Ordinal)));
        }
        finally
        {
            foreach (var damage in planted)
                await damage.DisposeAsync();
        }

        await the.Service.FireAsync("SweepRegister");
        await HealthyChaseAsync();
    }

    /// <summary>Runs a chase that must end as failed, with health red and one task about the row.</summary>
    private async Task FailingChaseAsync(string row, string organisation = "_staff")
    {
        var outcome = await the.Service.Stack.Timers.FireAsync("ChaseRecommendations", Stop);
        await the.Service.SettleAsync();

        Assert.False(outcome!.Succeeded);
        Assert.Equal(503, (await the.Nobody.GetAsync("health/chase")).Status);
        var task = Assert.Single(await TasksAsync(), t => ((string)t["why"]!).Contains(row, StringComparison.Ordinal) && ((string)t["why"]!).Contains("cannot be read", StringComparison.Ordinal));
        Assert.Equal(organisation, (string?)task["organisationId"]);
        Assert.Contains(row, (await _staff!.GetAsync("/staff/jobs")).Html, StringComparison.Ordinal);
    }

    /// <summary>Runs a chase that must be as if nothing had been.</summary>
    private async Task HealthyChaseAsync()
    {
        await the.Service.FireAsync("ChaseRecommendations");
        var health = await the.Nobody.GetAsync("health/chase");
        Assert.True(health.Status == 200, health.Text);
    }

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> TasksAsync() =>
        [.. (await the.Viewer.GetAsync("api/tasks")).Items.Where(t => (string?)t["kind"] == "unreadableRow")];

    /// <summary>Goes to 09:00 of the next working day; whatever was open before is done or withdrawn by then.</summary>
    private async Task MorningAsync()
    {
        Fault(new { off = true });
        await the.Service.MoveClockAsync(WorkingCalendar.Published.Add(the.Today, 1), new(9, 0));
        _staff ??= await StaffBrowser.SignInAsync(the.Service, "administrator");
    }

    private async Task NextMorningAsync()
    {
        await MorningAsync();
        await HealthyChaseAsync();
    }

    private void Fault(object wish) => Assert.Null(the.Service.Faults.Set(JsonSerializer.SerializeToElement(wish)));
}
