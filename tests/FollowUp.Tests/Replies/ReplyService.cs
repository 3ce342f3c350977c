using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FollowUp.Local;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>The service with organisations that are asked; each test asks one of its own, and others are always there.</summary>
public sealed partial class ReplyService : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _addresses = new();
    private int _asked;
    private int _taken;
    private Task<Asked>? _many;

    public LocalService Local { get; } = new();

    /// <summary>Starts the service in another way than the usual one.</summary>
    internal Func<LocalOptions, LocalOptions> Options { get; init; } = options => options;

    public async ValueTask InitializeAsync()
    {
        // All tests ask on the same day, which is not to be held as unusual
        Local.Settings.TryAdd("Chasing__HoldLeast", "100000");
        await Local.StartAsync(Options);
    }

    public ValueTask DisposeAsync() => Local.DisposeAsync();

    internal Visitor Visitor() => new(Local.BaseAddress, link => _addresses[link]);

    /// <summary>Registers an organisation with two main contacts, one above it, and an inspection; the notices are in the inbox.</summary>
    internal async Task<Asked> AskAsync(int recommendations = 1)
    {
        var name = $"org-{Interlocked.Increment(ref _asked)}";
        var api = await Local.ApiAsync("administrator");
        await SendAsync(api, HttpMethod.Put, "api/organisations/" + name + "-owner", new
        {
            name = $"Owner of {name}",
            kind = "owner",
            contacts = new[] { new { name = "Olga Owner", email = $"olga@{name}-owner.example", role = "main" } },
        });
        await SendAsync(api, HttpMethod.Put, "api/organisations/" + name, new
        {
            name = $"Organisation {name}",
            kind = "crc",
            escalatesTo = name + "-owner",
            contacts = new[] { new { name = "Ann First", email = $"ann@{name}.example", role = "main" }, new { name = "Bob Second", email = $"bob@{name}.example", role = "main" } },
        });
        var inspection = await SendAsync(api, HttpMethod.Post, "api/inspections", new
        {
            title = $"Inspection of {name}",
            area = name,
            programme = "Quality & Impact",
            publishedOn = "2017-08-31",
            reportUrl = "https://inspectorate.example/report",
            leadInspector = new { name = "Ines Lead", email = "ines@inspectorate.example" },
            recommendations = Enumerable.Range(1, recommendations).Select(n => new { organisationId = name, text = $"The organisation should do thing {n} <b>well</b>." }),
        });
        var id = (string)inspection!["id"]!;
        await SendAsync(api, HttpMethod.Post, $"api/inspections/{id}/issue", null);
        await Local.FireAsync("ChaseRecommendations");
        return new Asked(name, id, LinkTo($"ann@{name}.example"), LinkTo($"bob@{name}.example"), $"olga@{name}-owner.example");
    }

    /// <summary>Registers many organisations and sends all their notices together.</summary>
    /// <param name="organisations">How many.</param>
    /// <param name="each">How many recommendations each of them gets.</param>
    internal async Task<IReadOnlyList<Asked>> AskManyAsync(int organisations, int each)
    {
        var api = await Local.ApiAsync("administrator");
        var asked = new List<(string Name, string Inspection)>();
        for (var i = 0; i < organisations; i++)
        {
            var name = $"org-{Interlocked.Increment(ref _asked)}";
            await SendAsync(api, HttpMethod.Put, "api/organisations/" + name, new
            {
                name = $"Organisation {name}",
                kind = "crc",
                contacts = new[] { new { name = "Ann First", email = $"ann@{name}.example", role = "main" }, new { name = "Bob Second", email = $"bob@{name}.example", role = "main" } },
            });
            var inspection = await SendAsync(api, HttpMethod.Post, "api/inspections", new
            {
                title = $"Inspection of {name}",
                area = name,
                programme = "Quality & Impact",
                publishedOn = "2017-08-31",
                leadInspector = new { name = "Ines Lead", email = "ines@inspectorate.example" },
                recommendations = Enumerable.Range(1, each).Select(n => new { organisationId = name, text = $"The organisation should do thing {n} well." }),
            });
            var id = (string)inspection!["id"]!;
            await SendAsync(api, HttpMethod.Post, $"api/inspections/{id}/issue", null);
            asked.Add((name, id));
        }

        await Local.FireAsync("ChaseRecommendations");
        return [.. asked.Select(a => new Asked(a.Name, a.Inspection, LinkTo($"ann@{a.Name}.example"), LinkTo($"bob@{a.Name}.example"), ""))];
    }

    /// <summary>A recommendation that no other test has touched, of an organisation with many.</summary>
    internal async Task<(Asked Asked, int Number)> NextOfManyAsync()
    {
        _many ??= AskAsync(recommendations: 90);
        return (await _many, Interlocked.Increment(ref _taken));
    }

    internal async Task<JsonNode> ReadAsync(Asked asked, string more = "", int number = 1)
    {
        var api = await Local.ApiAsync("viewer");
        return (await api.GetFromJsonAsync<JsonNode>($"api/recommendations/{asked.Inspection}/{number}{more}", TestContext.Current.CancellationToken))!;
    }

    internal async Task<int> AnsweredEventsAsync(Asked asked, int number = 1) =>
        (await ReadAsync(asked, "/events", number)).AsArray().Count(e => (string?)e!["type"] == "answered");

    internal async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body) =>
        await SendAsync(await Local.ApiAsync("administrator"), method, path, body);

    /// <summary>The newest link in the emails to an address.</summary>
    internal string LinkTo(string email)
    {
        var link = Link().Match(Local.Inbox.Last(m => m.IsTo(email)).Payload.ToString()) is { Success: true } found ? found.Value : throw new InvalidOperationException($"No link to {email}");
        _addresses[link] = email;
        return link;
    }

    /// <summary>Every row of every table with all that stands in it, and its ETag.</summary>
    internal async Task<HashSet<string>> RowsAsync()
    {
        var tables = new TableServiceClient(Local.StorageConnectionString);
        var rows = new HashSet<string>();
        await foreach (var table in tables.QueryAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
                rows.Add($"{table.Name} {row.PartitionKey} {row.RowKey} {row.ETag} {string.Join(' ', row.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"))}");
        }

        return rows;
    }

    private static async Task<JsonNode?> SendAsync(HttpClient api, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        // With its length, since the host's forwarding mode refuses bodies in chunks
        await (request.Content?.LoadIntoBufferAsync(TestContext.Current.CancellationToken) ?? Task.CompletedTask);
        using var answer = await api.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text) : null;
    }

    [GeneratedRegex("/reply/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}

/// <summary>An organisation that was asked, with the links that its two contacts got.</summary>
internal sealed record Asked(string Organisation, string Inspection, string Ann, string Bob, string OwnerEmail)
{
    public string Question(string home, int number = 1) => $"{home}/{Inspection}/{number}";
}

[CollectionDefinition(Name)]
public sealed class ReplyCollection : ICollectionFixture<ReplyService>
{
    public const string Name = "Replies";
}
