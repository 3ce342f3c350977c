using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>Whether a page is open to everybody: axe's rules of WCAG 2.2 AA, one heading of the first level, and nothing wider than the screen.</summary>
internal static class Barriers
{
    private static readonly AxeRunOptions Wcag22 = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    /// <summary>Nothing is wider than the screen.</summary>
    public static async Task WidthAsync(IPage page)
        => Assert.True(await page.Locator("html").EvaluateAsync<bool>("html => html.scrollWidth <= html.clientWidth"), $"{page.Url} is wider than the screen");

    /// <param name="page">The page.</param>
    /// <param name="scripts">Whether the page runs scripts; axe needs them.</param>
    public static async Task CheckAsync(IPage page, bool scripts = true)
    {
        // A press may have brought a new page that is still on its way: its footer comes last
        await Assertions.Expect(page.Locator("footer")).ToBeVisibleAsync();
        await WidthAsync(page);
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        var (title, heading) = (await page.TitleAsync(), (await page.Locator("h1").InnerTextAsync()).ReplaceLineEndings(" ").Trim());
        Assert.True(title.StartsWith("Error: ", StringComparison.Ordinal) == await page.Locator(".govuk-error-summary").CountAsync() > 0, $"{page.Url}: {title}");
        Assert.Equal($"{heading} - FollowUp", title.Replace("Error: ", "", StringComparison.Ordinal));
        foreach (var link in await page.Locator(".govuk-error-summary__list a").AllAsync())
            Assert.Equal(1, await page.Locator($"[id='{(await link.GetAttributeAsync("href"))![1..]}']").CountAsync());
        if (!scripts)
            return;
        var found = await page.RunAxe(Wcag22);
        // The design system's own script sets aria-expanded on radio buttons that reveal something
        var faults = found.Violations.SelectMany(v => v.Nodes.Select(n => (v.Id, n.Html))).Where(f => f.Id != "aria-allowed-attr" || !f.Html.Contains("govuk-radios__input", StringComparison.Ordinal)).ToList();
        Assert.True(faults.Count == 0, $"{page.Url}: {string.Join(Environment.NewLine, faults)}");
    }
}
