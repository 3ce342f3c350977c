using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Recommendations;

/// <summary>The service with the directory of 2017 and the Gloucestershire inspection issued, shared by the tests of the staff's pages.</summary>
public sealed partial class StaffDesk : IAsyncLifetime
{
    public const string Gloucestershire = "gloucestershire-2017-08";

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    public LocalService Service { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Service.InitializeAsync();
        await new SampleRegister(Service.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public string Address(string path) => new Uri(Service.BaseAddress, path).AbsoluteUri;

    /// <summary>A page of somebody who has signed in.</summary>
    public async Task<IPage> SignInAsync(Browser browser, string name, bool javaScript = true, int width = 1280)
    {
        var page = await browser.NewPageAsync(javaScript, width);
        await page.GotoAsync(Address("staff"));
        await page.GetByText(name).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^[^?]*/staff"));
        return page;
    }

    /// <summary>The reply link in the latest email to somebody.</summary>
    public string LinkTo(string email)
    {
        var message = Service.Inbox.Last(m => m.IsTo(email)).Payload;
        return ReplyLink().Match(message.GetProperty("content")[0].GetProperty("value").GetString()!).Value;
    }

    public static async Task FillDateAsync(IPage page, string field, int day, int month, int year)
    {
        await page.FillAsync($"[name='{field}.Day']", $"{day}");
        await page.FillAsync($"[name='{field}.Month']", $"{month}");
        await page.FillAsync($"[name='{field}.Year']", $"{year}");
    }

    /// <summary>What stands in the error summary.</summary>
    public static Task<IReadOnlyList<string>> ErrorsAsync(IPage page) => page.Locator(".govuk-error-summary__list li").AllInnerTextsAsync();

    /// <summary>What axe finds, without what GOV.UK Frontend does on purpose: a radio button that reveals something says so.</summary>
    public static async Task<IReadOnlyList<string>> BarriersAsync(IPage page)
    {
        var found = await page.RunAxe(Rules);
        return [.. found.Violations.Where(v => v.Id != "aria-allowed-attr").Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Target))})")];
    }

    [GeneratedRegex("https?://[^\\s\"<]+/reply/[A-Za-z0-9_-]{43}")]
    private static partial Regex ReplyLink();
}

[CollectionDefinition(Name)]
public sealed class StaffPages : ICollectionFixture<StaffDesk>
{
    public const string Name = "Staff pages";
}
