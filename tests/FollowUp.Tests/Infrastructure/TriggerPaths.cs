namespace FollowUp.Tests.Infrastructure;

/// <summary>What an outsider may write to get at a timer's or the queue's door.</summary>
internal static class TriggerPaths
{
    public static IReadOnlyList<string> Doors { get; } = ["SendEmail", "ChaseRecommendations", "SweepRegister", "SendStaffDigest"];

    public static IEnumerable<string> InEverySpelling => Doors.SelectMany(Spellings);

    /// <summary>Posts a body to every spelling, in chunks and whole, and fails when one was let in or did harm.</summary>
    /// <param name="refusesChunks">The front answers 500 to every body in chunks, as the host does in forwarding mode.</param>
    public static async Task StayClosedAsync(Uri address, bool refusesChunks, string headers = "", string body = "{}", string? host = null)
    {
        foreach (var target in InEverySpelling)
        {
            foreach (var whole in new[] { true, false })
            {
                var status = RawHttp.StatusOf(await RawHttp.CallAsync(whole, address, target, body, headers, host));
                Assert.True(status is 400 or 401 or 403 or 404 or 405 || (!whole && refusesChunks && status == 500), $"{target} answered {status}");
            }
        }
    }

    private static IEnumerable<string> Spellings(string door) =>
    [
        $"/{door}", $"/{door.ToUpperInvariant()}", $"/{door.ToLowerInvariant()}", $"//{door}", $"///{door}", $"/./{door}", $"/%2e/{door}", $"/%2F{door}", $"/%2f%2f{door}", $"/%5c{door}",
        $"/api/../{door}", $"/api/%2e%2e/{door}", $"/api/%2E%2E/{door}", $"/API/../{door}", $"/api/.%2e/{door}", $"/api/..;/{door}",
        $"/api/..%2f{door}", $"/api/%2e%2e%2f{door}", $"/api/%252e%252e/{door}", $"/api/%252e%252e%252f{door}", $"/api/%25252e%25252e/{door}", $"/api/..\\{door}", $"/api/..%5c{door}", $"/api/..%255c{door}",
        $"/api//../../{door}", $"/staff/../{door}", $"/staff/%252e%252e/{door}", $"/reply/x/../../{door}", $"/reply/x/%2e%2e/%2e%2e/{door}", $"/webhooks/sendgrid/../../{door}", $"/.well-known/../{door}",
        $"/%53{door[1..]}", $"/%{(int)door[0]:x}{door[1..]}", $"/{door}/", $"/{door}%20", $"/{door}%00", $"/{door}?x=1", $"/api/../{door}#x", $"http://elsewhere.example/{door}",
    ];
}
