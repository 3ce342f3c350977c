using System.Diagnostics;
using System.Text.Json;
using FollowUp.Local;
using Microsoft.Playwright;

namespace FollowUp.Tests.Infrastructure;

/// <summary>A headless Chromium, launched once for the test assembly: the one of the npm package, or CHROMIUM.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-setuid-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none", "--no-zygote"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var chromium = await FindAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium.Executable,
            Args = Arguments,
            Env = chromium.Environment,
        });
    }

    /// <summary>A page of its own, without cookies, in British English and London time.</summary>
    public async Task<IPage> NewPageAsync(bool javaScript = true, int width = 1280, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            JavaScriptEnabled = javaScript,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ViewportSize = new() { Width = width, Height = height },
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static async Task<Unpacked> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen)
            return new Unpacked(chosen, null, null);

        // It stands in the sources, from where node finds the repository's packages
        var script = Path.Combine(RepositoryRoot.Find(), "tests", "FollowUp.Tests", "Infrastructure", "chromium.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true })!;
        var found = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonSerializer.Deserialize<Unpacked>(found, JsonSerializerOptions.Web)!;
    }

    private sealed record Unpacked(string Executable, string? Libraries, string? Fonts)
    {
        public IEnumerable<KeyValuePair<string, string>>? Environment => Libraries is null
            ? null
            : [.. Inherited(), new("LD_LIBRARY_PATH", Libraries), new("FONTCONFIG_PATH", Fonts!)];

        private static IEnumerable<KeyValuePair<string, string>> Inherited() =>
            System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .Select(pair => new KeyValuePair<string, string>((string)pair.Key, (string?)pair.Value ?? ""));
    }
}
