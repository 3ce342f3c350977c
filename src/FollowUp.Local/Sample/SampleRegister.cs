using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FollowUp.Local.SignIn;

namespace FollowUp.Local.Sample;

/// <summary>
/// Loads the directory of 2017 and the Gloucestershire inspection through the service's own API, as a registrar's
/// system would. Done again on a restart, it changes nothing that is there.
/// </summary>
internal sealed class SampleRegister(LocalStack stack, Action<string> say)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sample");

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        using var api = new HttpClient { BaseAddress = stack.Front, Timeout = TimeSpan.FromMinutes(2) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        var organisations = await ReadAsync("organisations.json", cancellationToken);
        var inspection = await ReadAsync("gloucestershire.json", cancellationToken);

        say("Loading the directory and the Gloucestershire inspection ...");
        await LoadDirectoryAsync(api, organisations.AsArray(), cancellationToken);
        if (await RegisterAsync(api, inspection, cancellationToken) is { } id)
            await SendAsync(api, HttpMethod.Post, $"api/inspections/{id}/issue", null, cancellationToken);

        await stack.Mover.SettleAsync(cancellationToken);
        var awaited = MainContacts(organisations, inspection);
        if (awaited.Any(IsWithoutNotice))
        {
            // As an administrator may, since the timer may be another host's
            await SendAsync(api, HttpMethod.Post, "api/chase", null, cancellationToken);
            await stack.Mover.SettleAsync(cancellationToken);
        }

        if (awaited.Find(IsWithoutNotice) is { } missed)
            throw new InvalidOperationException($"The inspection was issued, but the inbox has no notice to {missed}.");
        say($"The inbox has {stack.Inbox.All.Count} messages.");
    }

    private static List<string> MainContacts(JsonNode organisations, JsonNode inspection)
    {
        var responsible = inspection["recommendations"]!.AsArray().Select(recommendation => (string)recommendation!["organisationId"]!).ToHashSet();
        return [.. organisations.AsArray()
            .Where(organisation => responsible.Contains((string)organisation!["id"]!))
            .SelectMany(organisation => organisation!["contacts"]!.AsArray())
            .Where(contact => (string?)contact!["role"] == "main")
            .Select(contact => (string)contact!["email"]!)];
    }

    private static async Task<JsonNode> ReadAsync(string file, CancellationToken cancellationToken) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file), cancellationToken))!;

    private bool IsWithoutNotice(string email) => !stack.Inbox.All.Any(message => message.IsTo(email));

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "administrator"), new("client_secret", OpenIdProvider.Secret)]);
        using var answer = await client.PostAsync(new Uri(stack.Console, "connect/token"), form, cancellationToken);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return (string?)token?["access_token"] ?? throw new InvalidOperationException($"The provider gave no token: {token}");
    }

    private static async Task LoadDirectoryAsync(HttpClient api, JsonArray organisations, CancellationToken cancellationToken)
    {
        foreach (var organisation in organisations)
        {
            var path = $"api/organisations/{organisation!["id"]}";
            using var known = await api.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (known.StatusCode == HttpStatusCode.NotFound)
                await SendAsync(api, HttpMethod.Put, path, organisation, cancellationToken);
            else if (!known.IsSuccessStatusCode)
                throw await FailureAsync(known, cancellationToken);
        }
    }

    /// <summary>The id of the inspection to issue; null when it has been issued already.</summary>
    private static async Task<string?> RegisterAsync(HttpClient api, JsonNode sample, CancellationToken cancellationToken)
    {
        using var known = await api.GetAsync(new Uri("api/inspections/gloucestershire-2017-08", UriKind.Relative), cancellationToken);
        if (known.IsSuccessStatusCode)
        {
            var inspection = JsonNode.Parse(await known.Content.ReadAsStringAsync(cancellationToken))!;
            var drafts = inspection["recommendations"]?.AsArray().Any(recommendation => (string?)recommendation!["status"] == "draft") ?? false;
            return drafts ? (string)inspection["id"]! : null;
        }

        var created = await SendAsync(api, HttpMethod.Post, "api/inspections", sample, cancellationToken);
        return (string)created!["id"]!;
    }

    private static async Task<JsonNode?> SendAsync(HttpClient api, HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "sample:" + path);
        using var answer = await api.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw await FailureAsync(answer, cancellationToken);

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static async Task<InvalidOperationException> FailureAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        new($"Loading the sample: {answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery} answered {(int)answer.StatusCode}. {await answer.Content.ReadAsStringAsync(cancellationToken)}");
}
