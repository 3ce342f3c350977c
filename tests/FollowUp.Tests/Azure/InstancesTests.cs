using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>Four instances over one storage account, all told to chase at once, two of them killed at it.</summary>
public sealed class InstancesTests
{
    private const int Organisations = 30;

    [Fact]
    public async Task Four_share_the_work_two_are_killed_and_nobody_gets_an_email_twice()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var local = new LocalService();
        await local.StartAsync(options => options);
        await RegisterAsync(local);

        var others = Enumerable.Range(0, 3).Select(_ => local.Stack.Instance()).ToList();
        using var pumping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pumps = new List<Task>();
        foreach (var other in others)
        {
            await other.StartAsync(stop);
            pumps.Add(local.PumpTo(other).RunAsync(pumping.Token));
        }

        var chases = others.Append(local.Stack.Service).Select(local.ChaseAtAsync).ToList();
        while (local.Inbox.Count < 3)
            await Task.Delay(10, stop);
        await others[0].KillAsync();
        await others[1].KillAsync();
        await Task.WhenAll(chases);
        await local.FireAsync("ChaseRecommendations");

        var perPerson = Enumerable.Range(0, Organisations).Select(i => local.Inbox.Count(message => message.IsTo(MainContact(i)))).ToList();
        Assert.All(perPerson, count => Assert.InRange(count, 0, 1));
        Assert.Contains(1, perPerson);
        await AccountForAsync(local, perPerson);

        await pumping.CancelAsync();
        await Task.WhenAll(pumps).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var other in others)
            await other.DisposeAsync();
    }

    /// <summary>Who has no email is one whose sender was killed at it: nobody knows, and the lease or the webhook will tell.</summary>
    private static async Task AccountForAsync(LocalService local, List<int> perPerson)
    {
        using var api = await local.ApiAsync("viewer");
        foreach (var (count, i) in perPerson.Select((count, i) => (count, i)).Where(pair => pair.count == 0))
        {
            var messages = await api.GetFromJsonAsync<JsonArray>($"/api/recommendations/everywhere-2017-08/{i + 1}/messages", TestContext.Current.CancellationToken);
            Assert.Contains((string?)messages![0]!["status"], new[] { "claimed", "unknown" });
        }
    }

    private static string MainContact(int i) => $"main{i}@everywhere.example";

    private static async Task RegisterAsync(LocalService local)
    {
        var stop = TestContext.Current.CancellationToken;
        using var api = await local.ApiAsync("administrator");
        await Parallel.ForEachAsync(Enumerable.Range(0, Organisations), stop, async (i, token) =>
        {
            using var put = await api.PutAsJsonAsync($"/api/organisations/org-{i}", new { name = $"Organisation {i}", kind = "other", contacts = new[] { new { name = $"Main {i}", email = MainContact(i), role = "main" } } }, token);
            put.EnsureSuccessStatusCode();
        });
        using var post = await api.PostAsJsonAsync("/api/inspections", new
        {
            title = "An inspection of everywhere",
            area = "Everywhere",
            programme = "Quality & Impact",
            publishedOn = "2017-08-31",
            leadInspector = new { name = "Helen Lead", email = "lead@inspectorate.example" },
            recommendations = Enumerable.Range(0, Organisations).Select(i => new { organisationIds = new[] { $"org-{i}" }, text = $"Organisation {i} should do better." }),
        }, stop);
        post.EnsureSuccessStatusCode();
        using var issue = await api.PostAsync("/api/inspections/everywhere-2017-08/issue", null, stop);
        issue.EnsureSuccessStatusCode();
    }
}
