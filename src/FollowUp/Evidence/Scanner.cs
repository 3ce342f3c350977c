using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace FollowUp.Evidence;

/// <summary>What a scanner says of a file.</summary>
internal enum Verdict
{
    /// <summary>Nothing yet: ask again.</summary>
    NotYet,
    Clean,
    Malicious,
}

/// <summary>Whoever knows whether a file is clean.</summary>
internal interface IScanner
{
    /// <param name="blob">The blob's name.</param>
    /// <param name="content">Fetches the bytes, for those who look at them.</param>
    /// <param name="stop">Stops the scan.</param>
    Task<Verdict> LookAsync(string blob, Func<Task<BinaryData>> content, CancellationToken stop);
}

/// <summary>
/// Microsoft Defender for Storage scans every blob when it is written, and notes its verdict in the blob's index tags.
/// </summary>
internal sealed class DefenderScanner(FileBlobs blobs) : IScanner
{
    internal const string Tag = "Malware Scanning scan result";
    internal const string NoThreats = "No threats found";
    internal const string Malicious = "Malicious";

    public async Task<Verdict> LookAsync(string blob, Func<Task<BinaryData>> content, CancellationToken stop) =>
        (await blobs.TagsAsync(blob, stop)).TryGetValue(Tag, out var said) ? Read(said) : Verdict.NotYet;

    private static Verdict Read(string said) => said switch
    {
        NoThreats => Verdict.Clean,
        Malicious => Verdict.Malicious,
        _ => Verdict.NotYet,
    };
}

/// <summary>A scanner that is sent the bytes and answers <c>{"clean":true}</c> or <c>{"clean":false}</c>; anything else is no answer.</summary>
internal sealed partial class HttpScanner(HttpClient http, IOptions<EvidenceSettings> settings, ILogger<HttpScanner> logger) : IScanner
{
    internal static readonly TimeSpan TimeForAnAnswer = TimeSpan.FromSeconds(20);

    public async Task<Verdict> LookAsync(string blob, Func<Task<BinaryData>> content, CancellationToken stop)
    {
        using var body = new ByteArrayContent((await content()).ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        try
        {
            using var answer = await http.PostAsync(settings.Value.ScanUrl, body, stop);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, stop))?.Clean switch
            {
                true => Verdict.Clean,
                false => Verdict.Malicious,
                null => Verdict.NotYet,
            };
        }
        catch (Exception silent) when (silent is HttpRequestException or JsonException || silent is OperationCanceledException && !stop.IsCancellationRequested)
        {
            HttpScannerLog.NoAnswer(logger, silent.GetType().Name);
            return Verdict.NotYet;
        }
    }

    private sealed record Answer(bool? Clean);

    private static partial class HttpScannerLog
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner gave no verdict ({Why}); the file waits and is scanned again.")]
        public static partial void NoAnswer(ILogger logger, string why);
    }
}
