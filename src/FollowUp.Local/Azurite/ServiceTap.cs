using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.Local.Azurite;

/// <summary>A request of the service to one of its suppliers.</summary>
/// <param name="To"><c>Table</c>, <c>Queue</c>, <c>Blob</c> or <c>Mail</c>.</param>
/// <param name="Query">As it was sent, with its question mark.</param>
/// <param name="Body">As text; of a transaction the whole multipart body.</param>
/// <param name="Id">The client's own id of it, the same when it tries again; empty where there is none.</param>
internal sealed record TappedRequest(string To, string Method, string Path, string Query, string Body, string Id);

/// <summary>
/// Stands between the service and its suppliers (storage and SendGrid): whoever holds it sees each request before it is
/// passed on and after it was answered, counts, or ends the service at that very point.
/// </summary>
internal sealed partial class ServiceTap : IAsyncDisposable
{
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Transfer-Encoding", "Content-Length", "Expect" };
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly List<WebApplication> _listeners = [];

    /// <summary>Called before a request is passed on; false lets the connection break instead.</summary>
    public Func<TappedRequest, Task<bool>> Before { get; set; } = _ => Task.FromResult(true);

    /// <summary>Asked after that for a status to answer with instead of passing it on; null passes it on.</summary>
    public Func<TappedRequest, int?> Instead { get; set; } = _ => null;

    /// <summary>Called with the supplier's answer before it is given to the service; false lets the connection break instead.</summary>
    public Func<TappedRequest, string, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>Opens a port for each supplier.</summary>
    /// <returns>The connection string and the address of SendGrid that lead through the tap.</returns>
    public async Task<(string Storage, Uri Mail)> StartAsync(string storage, Uri mail, CancellationToken cancellationToken)
    {
        foreach (var endpoint in Endpoint().Matches(storage).ToList())
        {
            var target = new Uri(endpoint.Groups[2].Value);
            var through = await ListenAsync(endpoint.Groups[1].Value, target, cancellationToken);
            storage = storage.Replace(target.GetLeftPart(UriPartial.Authority), through.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        }

        return (storage, await ListenAsync("Mail", mail, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _client.Dispose();
    }

    private async Task<Uri> ListenAsync(string to, Uri target, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var app = PlainWeb.Create(port, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null));
        app.Run(context => PassAsync(context, to, target));
        await app.StartAsync(cancellationToken);
        _listeners.Add(app);
        return new Uri($"http://127.0.0.1:{port}");
    }

    private async Task PassAsync(HttpContext context, string to, Uri target)
    {
        using var read = new MemoryStream();
        await context.Request.Body.CopyToAsync(read, context.RequestAborted);
        var body = read.ToArray();
        var seen = new TappedRequest(to, context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", Encoding.UTF8.GetString(body), context.Request.Headers["x-ms-client-request-id"].ToString());
        if (!await Before(seen))
        {
            context.Abort();
            return;
        }

        if (Instead(seen) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        using var request = Copy(context.Request, body, target);
        using var answer = await _client.SendAsync(request, CancellationToken.None);
        var content = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (!await After(seen, Encoding.UTF8.GetString(content)))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !NotPassedOn.Contains(h.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (content.Length > 0)
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static HttpRequestMessage Copy(HttpRequest from, byte[] body, Uri target)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(target, from.Path.ToUriComponent() + from.QueryString)) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in from.Headers.Where(h => !NotPassedOn.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        if (body.Length == 0 && !from.Headers.ContainsKey("Content-Length"))
            request.Content = null;
        return request;
    }

    [GeneratedRegex("(Table|Queue|Blob)Endpoint=([^;]+)")]
    private static partial Regex Endpoint();
}
