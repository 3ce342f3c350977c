using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Worker;

/// <summary>The service's own pipeline, run inside a function.</summary>
public sealed class AppPipeline
{
    private readonly RequestDelegate _pipeline;
    private readonly IHttpContextAccessor? _accessor;

    public AppPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseFollowUp();
        _pipeline = app.Build();
        _accessor = services.GetService<IHttpContextAccessor>();
    }

    public async Task RunAsync(HttpRequest request)
    {
        var context = request.HttpContext;
        // The worker's own match: left in place it would run again at the end of our pipeline
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        // Set in the server's flow, and the function runs in another
        if (_accessor is not null)
            _accessor.HttpContext = context;
        await _pipeline(context);
        // What runs when the answer starts needs the services of this invocation
        await context.Response.CompleteAsync();
    }
}
