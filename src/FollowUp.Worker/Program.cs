using FollowUp;
using FollowUp.Time;
using FollowUp.Worker;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

return await Starting.RunAsync(args, async () =>
{
    var builder = FunctionsApplication.CreateBuilder(args);
    // The worker's builder does not read it, and would take every trial for production, which writes to real addresses;
    // without it Core Tools would make it development, where the custom handler runs as production
    builder.Environment.EnvironmentName = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environments.Production;
    // On Flex Consumption the process starts in the folder of a placeholder, where there are no pages' files
    builder.Environment.ContentRootPath = AppContext.BaseDirectory;
    builder.Environment.ContentRootFileProvider = new PhysicalFileProvider(AppContext.BaseDirectory);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddSingleton<IClock, SystemClock>();
    builder.Services.AddFollowUp(builder.Configuration);
    builder.Services.AddSingleton<AppPipeline>();
    // The host has its own limit
    builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);

    using var host = builder.Build();
    host.Services.RequireSoundSettings();
    return await Ending.RunAsync(host);
});
