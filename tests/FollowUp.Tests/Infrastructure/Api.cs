using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Storage;

namespace FollowUp.Tests.Infrastructure;

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(int Status, JsonNode? Body, string? ETag, string? Location, string? ContentType)
{
    /// <summary>The fields that a problem names.</summary>
    public IReadOnlyList<string> Fields => [.. (Body?["errors"] as JsonObject ?? []).Select(e => e.Key)];

    /// <summary>All of the answer, to look for words in.</summary>
    public string Text => Body?.ToJsonString(Json.Options) ?? "";

    public bool IsProblem => ContentType == "application/problem+json" && (int?)Body?["status"] == Status;

    /// <summary>A part of the answer, by names and indexes: <c>At("recommendations", 0, "id")</c>.</summary>
    public JsonNode? At(params object[] path) => path.Aggregate(Body, (node, step) => step is int index ? node?.AsArray()[index] : node?[(string)step]);

    public string Word(params object[] path) => At(path)?.ToString() ?? "";

    public IReadOnlyList<JsonNode> Items => [.. (Body as JsonArray ?? Body?["items"]?.AsArray() ?? []).Select(i => i!)];
}

/// <summary>The API as a client of one person.</summary>
public sealed class Api(HttpClient client)
{
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body ?? new { }, headers);

    public Task<ApiAnswer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, body, headers);

    /// <param name="body">An object, or a text that is sent as it is.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body as string ?? Json.Write(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
                request.Content!.Headers.ContentType = new(value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var type = answer.Content.Headers.ContentType?.MediaType;
        var json = type?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null;
        return new ApiAnswer((int)answer.StatusCode, json, Header(answer, "ETag"), Header(answer, "Location"), type);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
