using System.Text;
using System.Text.Json;

namespace FollowUp.Benchmarks;

/// <summary>What floors and others post to SendGrid: as long as what the service posts for a digest of one recommendation.</summary>
internal static class Letter
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static string Text { get; } = new('x', 15_500);

    public static async Task PostAsync(Uri mail)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { letter = Text }), Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync(new Uri(mail, "/v3/mail/send"), content);
        answer.EnsureSuccessStatusCode();
    }
}
