using FollowUp.Local.Service;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace FollowUp.Local.Front;

/// <summary>
/// enableForwardingHttpRequest: the request is built anew for an HTTP client. Repeated query keys are joined, most
/// content headers are lost, a chunked body is refused, and the answer is read whole before it goes out.
/// </summary>
internal sealed class ForwardingMode(ServiceProcess service)
{
    private static readonly HttpClient Client = new(HostHeaders.Connections()) { Timeout = TimeSpan.FromMinutes(6) };

    public async Task SendAsync(HttpContext context)
    {
        if (IsChunked(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        var address = await service.AddressAsync(context.RequestAborted);
        using var request = Rebuild(context.Request, address);
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.RequestAborted);
        await CopyAsync(answer, context);
    }

    private static bool IsChunked(HttpRequest request) =>
        request.ContentLength is null && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static HttpRequestMessage Rebuild(HttpRequest request, Uri address)
    {
        // From the decoded path, as the host does: dots escaped twice and backslashes are resolved only here, after
        // the routes have matched, so that the service itself must know a trigger from a visitor
        var path = new Uri(request.GetDisplayUrl()).AbsolutePath;
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), new UriBuilder(address) { Path = path, Query = JoinedQuery(request) }.Uri);
        if (request.ContentLength > 0)
        {
            copy.Content = new StreamContent(request.Body);
            copy.Content.Headers.ContentLength = request.ContentLength;
            if (request.ContentType is { } type)
                copy.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                copy.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        copy.Headers.TryAddWithoutValidation("User-Agent", HostHeaders.UserAgent);
        HostHeaders.Stamp(copy);
        return copy;
    }

    private static string JoinedQuery(HttpRequest request) =>
        QueryString.Create(request.Query.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()))).Value ?? "";

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                context.Response.Headers.Append(name, values.ToArray());
        }

        var mayHaveBody = answer.StatusCode is not (System.Net.HttpStatusCode.NoContent or System.Net.HttpStatusCode.NotModified);
        if (mayHaveBody && !HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
