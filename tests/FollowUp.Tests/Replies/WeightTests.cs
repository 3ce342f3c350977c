using System.Text.RegularExpressions;

namespace FollowUp.Tests.Replies;

/// <summary>What the first visit by a link costs on a phone's contract.</summary>
[Collection(ReplyCollection.Name)]
public sealed partial class WeightTests(ReplyService service)
{
    private const int Most = 100_000;

    [Fact]
    public async Task A_first_visit_is_under_100_kB_as_transferred()
    {
        var asked = await service.AskAsync();
        using var client = service.Local.Anonymous();
        var page = await FetchAsync(asked.Ann);
        var waiting = new Queue<string>(Files().Matches(System.Text.Encoding.UTF8.GetString(page)).Select(m => m.Groups[1].Value).Distinct());
        var weights = new Dictionary<string, int> { [""] = page.Length };
        while (waiting.TryDequeue(out var file))
        {
            if (weights.ContainsKey(file))
                continue;
            weights[file] = (await FetchAsync(file)).Length;
            if (file.Contains(".js", StringComparison.Ordinal))
            {
                using var plain = await client.GetAsync(new Uri(file, UriKind.Relative), TestContext.Current.CancellationToken);
                foreach (Match import in Imports().Matches(await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
                    waiting.Enqueue("/assets/" + import.Groups[1].Value);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, weights.Select(w => $"{w.Value,7} {w.Key}").Append($"{weights.Values.Sum(),7} together")));
        Assert.Contains(weights.Keys, k => k.Contains("followup.css", StringComparison.Ordinal));
        Assert.Contains(weights.Keys, k => k.Contains("govuk-frontend", StringComparison.Ordinal));
        Assert.True(weights.Values.Sum() < Most, $"{weights.Values.Sum()} bytes");

        async Task<byte[]> FetchAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br, zstd");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, address);
            // Headers count too
            var headers = answer.Headers.Concat(answer.Content.Headers).Sum(h => h.Key.Length + string.Join(", ", h.Value).Length + 4);
            return [.. await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), .. new byte[headers]];
        }
    }

    [GeneratedRegex("(?:src|href)=\"(/(?:assets/|favicon)[^\"#]+)\"")]
    private static partial Regex Files();

    [GeneratedRegex("from ?['\"]\\./([^'\"]+)['\"]")]
    private static partial Regex Imports();
}
