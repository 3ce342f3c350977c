using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FollowUp.Worker;

/// <summary>The public routes, as the function.json files of the custom handler have them.</summary>
public sealed class HttpDoors(AppPipeline app)
{
    private const AuthorizationLevel Open = AuthorizationLevel.Anonymous;

    [Function("Api")]
    public Task Api([HttpTrigger(Open, "get", "head", "post", "put", "patch", "delete", "options", Route = "api/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("Assets")]
    public Task Assets([HttpTrigger(Open, "get", "head", "options", Route = "assets/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("Favicon")]
    public Task Favicon([HttpTrigger(Open, "get", "head", "options", Route = "favicon.ico")] HttpRequest request) => app.RunAsync(request);

    [Function("Health")]
    public Task Health([HttpTrigger(Open, "get", "head", "options", Route = "health/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("OpenApi")]
    public Task OpenApi([HttpTrigger(Open, "get", "head", "options", Route = "openapi/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("Reply")]
    public Task Reply([HttpTrigger(Open, "get", "head", "post", "options", Route = "reply/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("Robots")]
    public Task Robots([HttpTrigger(Open, "get", "head", "options", Route = "robots.txt")] HttpRequest request) => app.RunAsync(request);

    [Function("SendGridWebhook")]
    public Task SendGridWebhook([HttpTrigger(Open, "head", "post", "options", Route = "webhooks/sendgrid")] HttpRequest request) => app.RunAsync(request);

    [Function("SignedIn")]
    public Task SignedIn([HttpTrigger(Open, "get", "head", "post", "options", Route = "signin-oidc")] HttpRequest request) => app.RunAsync(request);

    [Function("SignedOut")]
    public Task SignedOut([HttpTrigger(Open, "get", "head", "post", "options", Route = "signout-callback-oidc")] HttpRequest request) => app.RunAsync(request);

    [Function("Staff")]
    public Task Staff([HttpTrigger(Open, "get", "head", "post", "options", Route = "staff/{*path}")] HttpRequest request) => app.RunAsync(request);

    [Function("Start")]
    public Task Start([HttpTrigger(Open, "get", "head", "options", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => app.RunAsync(request);

    [Function("WellKnown")]
    public Task WellKnown([HttpTrigger(Open, "get", "head", "options", Route = ".well-known/{*path}")] HttpRequest request) => app.RunAsync(request);
}
