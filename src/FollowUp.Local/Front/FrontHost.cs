using FollowUp.Local.Service;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace FollowUp.Local.Front;

/// <summary>
/// Stands in for the Functions host's public side: only what the doors' routes and methods allow reaches the service.
/// It matches as the host does, with the same router: one route after another, a wrong method being no match.
/// </summary>
internal static class FrontHost
{
    public const long LargestRequest = 104_857_600;

    public static WebApplication Build(int port, IReadOnlyList<Door> doors, HttpMode mode, ServiceProcess service)
    {
        var app = PlainWeb.Create(port, builder =>
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestRequest);
            builder.Services.AddRouting();
            builder.Services.AddHttpForwarder();
        });
        app.Use(AnswerFaultsAsTheHostDoes);
        app.UseRouter(Routes(app, doors, Forwarder(app, mode, service)));
        return app;
    }

    private static RequestDelegate Forwarder(WebApplication app, HttpMode mode, ServiceProcess service) => mode switch
    {
        HttpMode.Forwarding => new ForwardingMode(service).SendAsync,
        _ => new ProxyingMode(service, app.Services.GetRequiredService<IHttpForwarder>()).SendAsync,
    };

    private static IRouter Routes(WebApplication app, IReadOnlyList<Door> doors, RequestDelegate forward)
    {
        var constraints = new DefaultInlineConstraintResolver(app.Services.GetRequiredService<IOptions<RouteOptions>>(), app.Services);
        var routes = new RouteCollection();
        foreach (var door in doors.Where(door => door.IsHttp))
        {
            var methods = new Dictionary<string, object>
            {
                ["method"] = new HttpMethodRouteConstraint([.. door.Methods.Select(method => method.ToUpperInvariant())]),
            };
            routes.Add(new Route(new RouteHandler(forward), door.Name, door.Route, null, methods, null, constraints));
        }

        return routes;
    }

    private static async Task AnswerFaultsAsTheHostDoes(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (context.Request.ContentLength > LargestRequest)
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            else
                await next(context);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException or BadHttpRequestException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }
}
