using FollowUp.Local.Service;
using Yarp.ReverseProxy.Forwarder;

namespace FollowUp.Local.Front;

/// <summary>enableProxyingHttpRequest: everything passes, Host and X-Forwarded-* are rewritten, broken connections are tried again.</summary>
internal sealed class ProxyingMode(ServiceProcess service, IHttpForwarder forwarder)
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly HttpMessageInvoker Client = new(new RetriedConnections(HostHeaders.Connections()));

    public async Task SendAsync(HttpContext context)
    {
        var address = await service.AddressAsync(context.RequestAborted);
        var fault = await forwarder.SendAsync(context, address.AbsoluteUri, Client, Config, HostTransform.Instance, context.RequestAborted);
        if (fault != ForwarderError.None && !context.Response.HasStarted)
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private sealed class HostTransform : HttpTransformer
    {
        public static readonly HostTransform Instance = new();

        public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(context, request, destinationPrefix, cancellationToken);
            request.Headers.Host = null;
            Replace(request, "X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
            Replace(request, "X-Forwarded-Proto", context.Request.Scheme);
            Replace(request, "X-Forwarded-Host", context.Request.Host.Value);
            request.Headers.TryAddWithoutValidation("x-ms-invocation-id", HostHeaders.Stamp(request));
        }

        private static void Replace(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private sealed class RetriedConnections(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const int Tries = 10;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (HttpRequestException) when (attempt < Tries)
                {
                    await Task.Delay(Math.Min(50 * attempt, 250), cancellationToken);
                }
            }
        }
    }
}
