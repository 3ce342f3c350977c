using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FollowUp.Local.Mail;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Chasing;

/// <summary>What happens when an email cannot, or may not, reach its recipient: through the front door, with the Gloucestershire inspection.</summary>
public sealed class SafeSendingTests : IAsyncLifetime
{
    private const string Main = "rosalind.marsh@bgsw-crc.example";
    private const string Second = "gareth.pike@bgsw-crc.example";
    private static readonly DateOnly FirstReminder = new(2017, 9, 14);
    private static readonly TimeOnly Nine = new(9, 0);
    private readonly LocalService service = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_hard_bounce_suspends_the_address_opens_one_task_and_the_next_contact_gets_it_at_once()
    {
        await LoadAsync();
        Fault($$"""{"bounce":"{{Main}}"}""");

        await service.MoveClockAsync(FirstReminder, Nine);

        Assert.Single(Chased(FirstReminder), m => m.IsTo(Second));
        using var api = await service.ApiAsync("administrator");
        var task = Assert.Single(await TasksAsync(api), t => (string?)t!["kind"] == "addressSuspended")!;
        using var onTwoLines = await api.PostAsJsonAsync("api/tasks/send-again", new { organisationId = (string?)task["organisationId"], key = (string?)task["key"], name = "Rosalind\nMarsh", email = "new.address@bgsw-crc.example" }, TestContext.Current.CancellationToken);
        Assert.Contains("on one line", await onTwoLines.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Fault("""{"off":true}""");
        using var again = await api.PostAsJsonAsync("api/tasks/send-again", new { organisationId = (string?)task["organisationId"], key = (string?)task["key"], name = "Rosalind Marsh", email = "new.address@bgsw-crc.example" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await service.SettleAsync();

        Assert.Single(Chased(FirstReminder), m => m.IsTo("new.address@bgsw-crc.example"));
        Assert.DoesNotContain(await TasksAsync(api), t => (string?)t!["kind"] == "addressSuspended");
        var state = await api.GetFromJsonAsync<JsonNode>("api/recommendations/gloucestershire-2017-08/1", TestContext.Current.CancellationToken);
        Assert.Equal("2017-09-28", (string?)state!["ask"]!["dueOn"]);
    }

    [Fact]
    public async Task A_full_mailbox_does_not_suspend()
    {
        await LoadAsync();
        Fault($$"""{"deferred":"{{Main}}"}""");

        await service.MoveClockAsync(FirstReminder, Nine);

        Assert.Single(Chased(FirstReminder), m => m.IsTo(Main));
        Assert.DoesNotContain(Chased(FirstReminder), m => m.IsTo(Second));
    }

    [Fact]
    public async Task The_kill_switch_stops_everything_and_nothing_is_lost()
    {
        await LoadAsync();
        using var api = await service.ApiAsync("administrator");
        using var stopped = await api.PostAsJsonAsync("api/sending/stop", new { reason = "The letters have a mistake" }, TestContext.Current.CancellationToken);
        await service.MoveClockAsync(FirstReminder, Nine);
        Assert.Empty(Chased(FirstReminder));
        Assert.Equal("held", await HealthAsync());

        using var resumed = await api.PostAsync("api/sending/resume", null, TestContext.Current.CancellationToken);
        await service.FireAsync("ChaseRecommendations");

        Assert.Single(Chased(FirstReminder), m => m.IsTo(Main));
    }

    [Fact]
    public async Task A_refused_account_stops_all_sending_and_turns_health_red_until_it_is_taken_again()
    {
        await LoadAsync();
        Fault("""{"status":401}""");
        await service.MoveClockAsync(FirstReminder, Nine);
        await service.FireAsync("ChaseRecommendations");
        Assert.Equal("failing", await HealthAsync());

        Fault("""{"off":true}""");
        await service.MoveClockAsync(FirstReminder, new TimeOnly(9, 30));
        await service.FireAsync("ChaseRecommendations");

        Assert.Single(Chased(FirstReminder), m => m.IsTo(Main));
        Assert.Equal("ok", await HealthAsync());
    }

    [Fact]
    public async Task A_day_that_comes_to_its_cap_is_held_until_a_person_releases_a_number()
    {
        service.Settings["Chasing__DailyCap"] = "2";
        await LoadAsync();
        Fault("""{"off":true}""");

        await service.MoveClockAsync(new DateOnly(2017, 9, 27), Nine);
        Assert.Equal(2, Chased(new DateOnly(2017, 9, 27)).Count);
        using var api = await service.ApiAsync("administrator");
        Assert.Contains(await TasksAsync(api), t => (string?)t!["kind"] == "sendingHeld");

        // A release that is too small for the next organisation's two is held again, and a person is told again
        using var one = await api.PostAsJsonAsync("api/sending/release", new { upTo = 3, reason = "One more" }, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await TasksAsync(api), t => (string?)t!["kind"] == "sendingHeld");
        await service.FireAsync("ChaseRecommendations");
        Assert.Equal(2, Chased(new DateOnly(2017, 9, 27)).Count);
        Assert.Single(await TasksAsync(api), t => (string?)t!["kind"] == "sendingHeld");

        using var released = await api.PostAsJsonAsync("api/sending/release", new { upTo = 50, reason = "Checked" }, TestContext.Current.CancellationToken);
        await service.FireAsync("ChaseRecommendations");

        Assert.Equal(4, Chased(new DateOnly(2017, 9, 27)).Count);
    }

    [Fact]
    public async Task Staff_are_told_once_on_working_mornings_of_tasks_reviews_upward_steps_and_what_is_overdue()
    {
        await LoadAsync();

        await service.MoveClockAsync(new DateOnly(2017, 10, 9), Nine);
        await service.FireAsync("SendStaffDigest");

        var digests = service.Inbox.Where(m => Inspectorate.Category(m) == "staffDigest").ToList();
        Assert.DoesNotContain(digests, m => m.ReceivedAt.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        var today = digests.Where(m => m.ReceivedAt.Date == new DateTime(2017, 10, 9)).ToList();
        Assert.Equal(2, today.Count);
        Assert.All(today, m => Assert.Contains("“Escalation” goes to", Inspectorate.TextOf(m), StringComparison.Ordinal));
        Assert.All(today, m => Assert.Contains("What is overdue", Inspectorate.TextOf(m), StringComparison.OrdinalIgnoreCase));
    }

    private async Task LoadAsync()
    {
        await service.InitializeAsync();
        await new SampleRegister(service.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
    }

    private void Fault(string wish) => Assert.Null(service.Faults.Set(JsonDocument.Parse(wish).RootElement));

    private List<KeptMessage> Chased(DateOnly on) =>
        [.. service.Inbox.Where(m => Inspectorate.Category(m) is "notice" or "reminder" or "overdue" or "escalation" && DateOnly.FromDateTime(m.ReceivedAt.Date) == on)];

    private async Task<string?> HealthAsync()
    {
        using var anonymous = service.Anonymous();
        using var answer = await anonymous.GetAsync(new Uri("health/chase", UriKind.Relative), TestContext.Current.CancellationToken);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["status"];
    }

    private static async Task<JsonArray> TasksAsync(HttpClient api) =>
        (await api.GetFromJsonAsync<JsonNode>("api/tasks", TestContext.Current.CancellationToken))!.AsArray();
}
