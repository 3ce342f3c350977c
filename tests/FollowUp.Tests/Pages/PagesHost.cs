using FollowUp.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FollowUp.Tests.Pages;

/// <summary>The pages' frame alone, on a port of its own, with a form and endpoints that fail.</summary>
public sealed class PagesHost : IAsyncLifetime
{
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPages();
        builder.Services.AddRazorPages().AddApplicationPart(typeof(PagesHost).Assembly);
        builder.Services.AddStaffNavigation("Work", "/staff", 10).AddStaffNavigation("Form", "/staff/form", 20);
        builder.Services.Configure<PagesOptions>(pages =>
        {
            pages.BaseAddress = new Uri("https://followup.example");
            pages.SecurityContact = new Uri("mailto:security@followup.example");
            pages.FormTargets.Add("https://sign-in.example");
            pages.StatusOf = error => error is TimeoutException ? 503 : error is BadHttpRequestException bad ? bad.StatusCode : error is InvalidDataException ? 400 : 500;
            pages.Times = new RequestTimes(Body: TimeSpan.FromSeconds(2), Work: TimeSpan.FromSeconds(3), Whole: TimeSpan.FromSeconds(10));
            pages.HasItsOwnTime = context => context.Request.Path == "/ARun";
        });
        _app = builder.Build();
        _app.UsePages();
        _app.MapPages();
        foreach (var path in (string[])["/staff/broken", "/api/broken"])
            _app.Map(path, RequestDelegate (HttpContext _) => throw new InvalidOperationException("A secret that no page shows"));
        _app.Map("/staff/away", RequestDelegate (HttpContext _) => throw new TimeoutException());
        foreach (var path in (string[])["/webhooks/read", "/ARun"])
            _app.MapPost(path, async context => await context.Request.Body.CopyToAsync(Stream.Null, CancellationToken.None));
        _app.MapPost("/reply/form", async context => await context.Request.ReadFormAsync(CancellationToken.None));
        _app.MapPost("/api/work", context => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted));
        _app.Map("/staff/forbidden", () => Results.StatusCode(403));
        await _app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
