using System.Diagnostics;
using OpenTelemetry;

namespace FollowUp.Telemetry;

/// <summary>
/// Lets only what is known to be harmless leave with a trace. The address of a link is its secret, and the addresses
/// of rows hold people's, so paths, queries and full addresses stay here; the route says enough.
/// </summary>
internal sealed class Discretion : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Harmless =
    [
        Trail.Mid, "http.request.method", "http.response.status_code", "http.route", "error.type", "server.address", "server.port",
        "network.protocol.version", "url.scheme", "az.namespace", "az.client_request_id", "az.service_request_id",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var key in data.TagObjects.Select(tag => tag.Key).Where(key => !Harmless.Contains(key)).ToList())
        {
            data.SetTag(key, null);
        }

        // The words of an error are written by others, and so may hold anything
        data.SetStatus(data.Status);
    }
}
