using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FollowUp.Local.Service;

namespace FollowUp.Local.Front;

/// <summary>Calls the service's trigger doors as the host does, and judges the answers as it does.</summary>
/// <param name="addressAsync">The service's private address, waited for while it starts.</param>
/// <param name="endServiceAsync">Ends its process.</param>
/// <param name="patience">The host's time limits.</param>
/// <param name="coreTools">Writes the body down first, so that it comes with its length and not in chunks, as the host does under Core Tools.</param>
/// <param name="say">Where failures are told.</param>
internal sealed class TriggerDoors(Func<CancellationToken, Task<Uri>> addressAsync, Func<Task> endServiceAsync, HostPatience patience, bool coreTools, Action<string> say)
{
    private static readonly HttpClient Client = new(HostHeaders.Connections()) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<DoorOutcome> FireAsync(Door door, string body, CancellationToken cancellationToken)
    {
        var outcome = await CallAsync(door, body, cancellationToken);
        if (!outcome.Succeeded)
            say($"{door.Name} failed: {outcome.Reason}");
        return outcome;
    }

    private async Task<DoorOutcome> CallAsync(Door door, string body, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience.FunctionTimeout);
        try
        {
            var address = await addressAsync(limit.Token);
            using var request = Request(new Uri(address, door.Name), body);
            using var answer = await Client.SendAsync(request, limit.Token);
            return Judge(door, answer, await answer.Content.ReadAsStringAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await endServiceAsync();
            return new DoorOutcome(door.Name, false, null, $"no answer within {patience.FunctionTimeout}: the host ends the service for that", null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutException)
        {
            return new DoorOutcome(door.Name, false, null, fault.Message, null);
        }
    }

    private HttpRequestMessage Request(Uri address, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = !coreTools;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Azure-Functions-Host", HostHeaders.Version));
        HostHeaders.Stamp(request);
        return request;
    }

    private static DoorOutcome Judge(Door door, HttpResponseMessage answer, string body)
    {
        var reason = answer switch
        {
            { IsSuccessStatusCode: false } => $"answered {(int)answer.StatusCode}",
            _ when body.Length == 0 || body.Trim() == "null" => "an empty answer: the host waits for more until the function's time is up",
            _ when answer.Content.Headers.ContentType?.MediaType != "application/json" || !IsObject(body) => "the answer is not a JSON object",
            _ => null,
        };
        return new DoorOutcome(door.Name, reason is null, (int)answer.StatusCode, reason, body);
    }

    private static bool IsObject(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
