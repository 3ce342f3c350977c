using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Recommendations;

[Collection(StaffPages.Name)]
public sealed class StaffPagesAccessibilityTests(Browser browser, StaffDesk desk)
{
    private const string Recommendation = "staff/recommendations/" + StaffDesk.Gloucestershire + "/5";

    /// <summary>What sticks out on the right, innermost last.</summary>
    private const string TooWide = "[...document.querySelectorAll('body *')].filter(e => !e.closest('.moj-scrollable-pane > *') && e.getBoundingClientRect().right > window.innerWidth).map(e => `${e.tagName} “${e.textContent.trim().slice(0, 60)}” to ${e.getBoundingClientRect().right}`).slice(-4).join('; ')";

    private static readonly string[] Pages =
    [
        "staff", "staff/recommendations", "staff/recommendations?status=Closed&q=nothing", "staff/review", "staff/tasks",
        "staff/inspections", "staff/inspections/new", "staff/inspections/" + StaffDesk.Gloucestershire, "staff/inspections/" + StaffDesk.Gloucestershire + "/edit",
        Recommendation, Recommendation + "/deadline", Recommendation + "/extend", Recommendation + "/pause", Recommendation + "/resume", Recommendation + "/refuse-time",
        Recommendation + "/hold-upward", Recommendation + "/release-upward", Recommendation + "/reassign", Recommendation + "/review", Recommendation + "/verify", Recommendation + "/close", Recommendation + "/reopen",
        "staff/outlook", "staff/outlook?days=60", "staff/sending", "staff/sending/now", "staff/sending/stop", "staff/sending/resume", "staff/sending/release", "staff/jobs", "staff/tasks/done",
        "staff/ladder", "staff/ladder/edit", "staff/holidays", "staff/holidays/add", "staff/holidays/2017-12-25/remove", "staff/holidays/2017-12-25/deadlines",
        "staff/organisations", "staff/organisations/new", "staff/organisations/bgsw-crc", "staff/organisations/bgsw-crc/edit",
    ];

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task Every_page_is_without_barriers_and_no_wider_than_the_window(int width)
    {
        var page = await desk.SignInAsync(browser, "Megan Pryce", width: width);
        var found = new List<string>();
        foreach (var path in Pages)
        {
            var answer = await page.GotoAsync(desk.Address(path));
            Assert.Equal(200, answer!.Status);
            found.AddRange((await StaffDesk.BarriersAsync(page)).Select(barrier => $"{path}: {barrier}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") > 0)
            {
                found.Add($"{path}: wider than the window: {await page.EvaluateAsync<string>(TooWide)}");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Pages_with_errors_and_the_emails_as_sent_are_without_barriers()
    {
        var page = await desk.SignInAsync(browser, "Megan Pryce");
        var found = new List<string>();
        foreach (var (path, button) in new[] { ("staff/inspections/new", "Save as a draft"), ("staff/organisations/new", "Add the organisation"), (Recommendation + "/extend", "Extend the deadline"), (Recommendation + "/close", "Close the recommendation"), (Recommendation + "/hold-upward", "Hold upward emails"), ("staff/sending/stop", "Stop all sending"), ("staff/sending/release", "Release"), ("staff/holidays/add", "See what changes"), ("staff/ladder/edit", "See what changes") })
        {
            await page.GotoAsync(desk.Address(path));
            await page.Locator(".govuk-button", new() { HasText = button }).Last.ClickAsync();
            await Microsoft.Playwright.Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));
            found.AddRange((await StaffDesk.BarriersAsync(page)).Select(barrier => $"{path}: {barrier}"));
        }

        await page.GotoAsync(desk.Address(Recommendation));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Read the email as sent" }).First.ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/staff/messages/[^/]+$"));
        found.AddRange(await StaffDesk.BarriersAsync(page));

        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
