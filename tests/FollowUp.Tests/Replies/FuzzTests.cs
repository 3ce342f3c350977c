using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>
/// Tokens and forms that no browser sends. A usual run takes a tenth of a long one; <c>FUZZ_TOKENS</c>, <c>FUZZ_POSTS</c> and <c>FUZZ_FILES</c> set how many,
/// and <c>FUZZ_SEED</c> replays a run.
/// </summary>
public sealed class FuzzTests(ReplyService service) : IClassFixture<ReplyService>
{
    private static readonly int Seed = Number("FUZZ_SEED", Random.Shared.Next());
    private static readonly ParallelOptions Several = new() { MaxDegreeOfParallelism = 8 };
    private const string TokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public async Task No_fuzzed_token_opens_anything_or_breaks_anything()
    {
        var asked = await service.AskAsync();
        var real = asked.Ann["/reply/".Length..];
        var client = service.Local.Anonymous();
        var began = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Number("FUZZ_TOKENS", 10_000)), Several, async (n, stop) =>
        {
            var token = Token(new Random(HashCode.Combine(Seed, n)), real);
            using var answer = await client.GetAsync(new Uri(service.Local.BaseAddress.AbsoluteUri.TrimEnd('/') + "/reply/" + token, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), stop);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"seed {Seed}, {n}: {token}: {(int)answer.StatusCode}");
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}: {Number("FUZZ_TOKENS", 10_000)} tokens in {began.Elapsed}");
    }

    [Fact]
    public async Task No_fuzzed_form_breaks_anything()
    {
        var asked = await service.AskAsync(recommendations: 4);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/4/close", new { reason = "superseded" });
        var visitors = Enumerable.Range(0, 8).Select(_ => service.Visitor()).ToList();
        var homes = await Task.WhenAll(visitors.Select(v => v.StartAsync(asked.Ann)));
        var tokens = await Task.WhenAll(visitors.Select(async (v, i) => (await v.OpenAsync(homes[i] + "/colleague")).Fields["__RequestVerificationToken"]));
        var began = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Number("FUZZ_POSTS", 2_000)), Several, async (n, _) =>
        {
            var random = new Random(HashCode.Combine(Seed, n));
            var who = random.Next(visitors.Count);
            var address = Address(random, homes[who], asked);
            var fields = Enumerable.Range(0, random.Next(0, 40)).Select(_ => (Name(random), Text(random))).Append(("__RequestVerificationToken", tokens[who]));
            var page = await visitors[who].PostAsync(address, [.. fields]);
            Assert.True((int)page.Status < 500, $"seed {Seed}, {n}: {address}: {(int)page.Status}{Environment.NewLine}{Fault()}");
        });
        visitors.ForEach(v => v.Dispose());
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}: {Number("FUZZ_POSTS", 2_000)} forms in {began.Elapsed}");
        Assert.DoesNotContain("fail: ", service.Local.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_fuzzed_file_and_no_name_of_one_breaks_anything()
    {
        using var at = await Progressing.StartAsync(service);
        var address = at.Page.Address.Split('#')[0];
        var token = at.Page.Fields["__RequestVerificationToken"];
        var began = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Number("FUZZ_FILES", 1_000)), Several, async (n, _) =>
        {
            var random = new Random(HashCode.Combine(Seed, n, "file"));
            var boundary = random.Next(20) == 0 ? string.Concat(Text(random).Where(c => c is > (char)31 and < (char)127)) : "----followup";
            var page = await at.Ann.PostRawAsync(address, $"multipart/form-data; boundary={boundary}", Parts(random, token));
            Assert.True((int)page.Status < 500, $"seed {Seed}, {n}: {(int)page.Status}{Environment.NewLine}{Fault()}");
            Assert.Empty(Harmless.Faults(page.Html));
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}: {Number("FUZZ_FILES", 1_000)} files in {began.Elapsed}");
        Assert.DoesNotContain("fail: ", service.Local.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form-data; name=\"file\"; filename*")]
    [InlineData("form-data; name=\"file\"; filename*=")]
    [InlineData("form-data; name=\"file\"; filename")]
    public async Task A_file_whose_name_has_no_value_is_no_file(string disposition)
    {
        using var at = await Progressing.StartAsync(service);
        var form = Beginning(at.Page.Fields["__RequestVerificationToken"], disposition, "application/octet-stream") + "x\r\n------followup--\r\n";

        var page = await at.Ann.PostRawAsync(at.Page.Address.Split('#')[0], "multipart/form-data; boundary=----followup", System.Text.Encoding.UTF8.GetBytes(form));

        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        Assert.Contains("Choose a file to upload", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reply/none?a[=1&b[0=2")]
    [InlineData("/reply/none?%3C![CDATA[=1")]
    [InlineData("/?a[=1")]
    [InlineData("/api/organisations?a[=1")]
    public async Task Half_a_bracket_in_an_address_is_no_fault_of_the_service(string address)
    {
        using var answer = await service.Local.Anonymous().GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500, $"{address}: {answer.StatusCode}");
    }

    /// <summary>A form of several parts: whole or spoilt, with a file whose name and bytes are anything.</summary>
    private static byte[] Parts(Random random, string token)
    {
        var name = random.Next(4) switch { 0 => Text(random), 1 => Text(random) + ".pdf", 2 => $"{Text(random)}.{new[] { "docx", "txt", "csv", "png" }[random.Next(4)]}", _ => new string((char)random.Next(32, 0xD800), random.Next(1, 400)) + ".txt" };
        var disposition = random.Next(6) switch
        {
            0 => $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(new string([.. name.Where(c => !char.IsSurrogate(c))]))}",
            1 => $"form-data; name=file; filename={name}",
            2 => $"form-data; filename=\"{name}\"",
            3 => $"{Text(random)}; name=\"file\"; filename=\"{name}",
            _ => $"form-data; name=\"file\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal).ReplaceLineEndings("%0A")}\"",
        };
        var content = new byte[random.Next(0, 300)];
        random.NextBytes(content);
        byte[] head = [.. random.Next(4) switch { 0 => "%PDF-1.4\n"u8, 1 => "PK\u0003\u0004"u8, _ => default }];
        var text = Beginning(token, disposition, random.Next(3) == 0 ? Text(random) : "application/octet-stream");
        byte[] whole = [.. System.Text.Encoding.UTF8.GetBytes(text), .. head, .. content, .. "\r\n------followup--\r\n"u8];
        return random.Next(5) == 0 ? whole[..random.Next(whole.Length)] : whole;
    }

    /// <summary>A form that uploads a file, up to where its bytes begin.</summary>
    private static string Beginning(string token, string disposition, string type) =>
        $"------followup\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n------followup\r\nContent-Disposition: form-data; name=\"do\"\r\n\r\nupload\r\n------followup\r\nContent-Disposition: {disposition}\r\nContent-Type: {type}\r\n\r\n";

    private string Fault() => service.Local.Log is var log && log.LastIndexOf("fail: ", StringComparison.Ordinal) is >= 0 and var at ? log[at..Math.Min(log.Length, at + 1500)] : "";

    private static string Token(Random random, string real) => random.Next(8) switch
    {
        0 => Flip(random, real),
        1 => real[..random.Next(1, real.Length)],
        2 => real + TokenLetters[random.Next(64)],
        3 => string.Concat(Enumerable.Range(0, 43).Select(_ => TokenLetters[random.Next(64)])),
        4 => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        5 => Uri.EscapeDataString(Text(random) is { Length: > 0 } text ? text[..Math.Min(200, text.Length)] : "x").Replace("%2F", "x", StringComparison.Ordinal) + "y",
        6 => string.Concat(Enumerable.Range(0, random.Next(1, 80)).Select(_ => $"%{random.Next(1, 256):x2}".Replace("%2f", "x", StringComparison.Ordinal))) + "y",
        _ => real.ToUpperInvariant() + "y",
    };

    private static string Flip(Random random, string real)
    {
        var at = random.Next(real.Length);
        var other = TokenLetters[random.Next(64)];
        return real[..at] + (other == real[at] ? '~' : other) + real[(at + 1)..];
    }

    private static string Address(Random random, string home, Asked asked) => random.Next(9) switch
    {
        0 => asked.Question(home),
        1 => asked.Question(home, 2) + "/check",
        2 => asked.Question(home, 3) + "/more-time",
        3 => asked.Question(home, 4) + "/note",
        4 => home + "/colleague",
        5 => asked.Question(home) + "/progress",
        6 => "/reply/" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        7 => asked.Question(home, random.Next(1, 6)),
        _ => asked.Ann,
    };

    private static string Name(Random random)
    {
        string[] known = ["position", "agreedPart", "whyPartly", "whyNot", "seen", "do", "actions", "name", "role", "declared", "formId", "DueOn", "DueOn.Day", "DueOn.Month", "DueOn.Year", "Reason", "Text", "Name", "Email", "Change", "Role", "newLinkFor", "Code", "Link", "State", "Opened"];
        return random.Next(5) switch
        {
            0 => $"actions[{random.Next(-2, 40)}].{new[] { "step", "who", "targetOn", "targetOn.Day", "targetOn.Month", "targetOn.Year", "x" }[random.Next(7)]}",
            1 => $"actions[{Text(random)}].step",
            2 => Text(random),
            _ => known[random.Next(known.Length)],
        };
    }

    private static string Text(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => random.Next(-100, 100).ToString(CultureInfo.InvariantCulture),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(1, 0xFFFF))),
        3 => new[] { "add", "save", "continue", "remove:0", "remove:-1", "remove:99999999999", "drop:", "drop:x", "again", "Agreed", "PartlyAgreed", "NotAgreed", "7", "instead", "main", "true" }[random.Next(16)],
        _ => InjectionCorpus.All[random.Next(InjectionCorpus.All.Count)],
    };

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
