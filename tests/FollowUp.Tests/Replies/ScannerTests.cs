using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>Programs that open every link of an email, run its scripts and press every button.</summary>
public sealed class ScannerTests(Browser browser) : IAsyncLifetime
{
    private readonly ReplyService service = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("address")]
    [InlineData("code")]
    public async Task A_browser_that_presses_every_button_changes_nothing_and_sends_nothing(string entry)
    {
        service.Local.Settings["Replies__Entry"] = entry;
        await service.InitializeAsync();
        var asked = await service.AskAsync(recommendations: 2);
        var before = await StateAsync();

        // The link, one that is dead, and one that has half of it missing
        foreach (var link in new[] { asked.Ann, asked.Ann[..^3] + "AAA", asked.Ann[..20] })
        {
            var address = new Uri(service.Local.BaseAddress, link).AbsoluteUri;
            var page = await browser.NewPageAsync();
            await page.GotoAsync(address);
            var pressed = 0;
            for (var count = await page.Locator("button, [type=submit], [role=button], a[href^='/reply']").CountAsync(); pressed < count; pressed++)
            {
                await page.GotoAsync(address);
                await page.Locator("button, [type=submit], [role=button], a[href^='/reply']").Nth(pressed).ClickAsync();
                await page.WaitForLoadStateAsync();
            }

            Assert.True(pressed > 0);
            // Every form as it is, without a press
            await page.GotoAsync(address);
            await page.EvaluateAsync("document.querySelectorAll('form').forEach(form => form.submit())");
            await page.WaitForLoadStateAsync();
            await page.WaitForTimeoutAsync(2000);
            await page.Context.CloseAsync();
        }

        Assert.Equal(before, await StateAsync());
    }

    /// <summary>Every row and every email.</summary>
    private async Task<string> StateAsync()
    {
        await service.Local.SettleAsync();
        var rows = (await service.RowsAsync()).Where(row => !row.StartsWith("DataProtectionKeys", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return string.Join('\n', rows.Append($"{service.Local.Inbox.Count} emails"));
    }
}
