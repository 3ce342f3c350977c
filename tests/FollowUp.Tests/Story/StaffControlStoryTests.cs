using System.Text.RegularExpressions;
using FollowUp.Local.Mail;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Recommendations;
using Microsoft.Playwright;

namespace FollowUp.Tests.Story;

/// <summary>Staff look ahead, hold upward emails, stop and release sending, and do their tasks, in a browser.</summary>
public sealed class StaffControlStoryTests(Browser browser, LocalService service) : IClassFixture<LocalService>
{
    [Fact]
    public async Task Staff_see_what_will_be_sent_hold_it_stop_it_and_do_their_tasks()
    {
        await new SampleRegister(service.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
        await service.MoveClockAsync(new(2017, 10, 9), new(9, 0));
        var page = await SignInAsync();

        await GoAsync(page, "staff/outlook");
        Assert.Equal(5, await page.Locator("tbody").First.Locator("tr").CountAsync());
        var day = page.GetByRole(AriaRole.Region, new() { Name = "Thursday 12 October 2017" });
        Assert.Contains("Escalation", await day.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Naomi Bright", await day.InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Hold upward emails about gloucestershire-2017-08/4" }).ClickAsync();
        await StaffDesk.FillDateAsync(page, "Until", 9, 12, 2017);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hold upward emails" }).ClickAsync();
        Assert.Equal(["A hold lasts at most 20 working days: enter 6 November 2017 or earlier", "Enter the reason for the hold"], await StaffDesk.ErrorsAsync(page));
        Assert.Equal("12", await page.InputValueAsync("[name='Until.Month']"));
        await StaffDesk.FillDateAsync(page, "Until", 13, 10, 2017);
        await page.FillAsync("[name=Reason]", "The division is writing it now.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hold upward emails" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/gloucestershire-2017-08/4$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Held until the end of 13 October 2017");
        await GoAsync(page, "staff/outlook");
        Assert.Contains("The division is writing it now.", await MainAsync(page), StringComparison.Ordinal);

        await service.MoveClockAsync(new(2017, 10, 12), new(9, 0));
        Assert.DoesNotContain(Escalations(), m => Inspectorate.TextOf(m).Contains("Recommendation 4", StringComparison.Ordinal));
        Assert.Contains(Escalations(), m => Inspectorate.TextOf(m).Contains("Recommendation 5", StringComparison.Ordinal));
        await service.MoveClockAsync(new(2017, 10, 13), new(18, 0));
        Assert.DoesNotContain(Escalations(), m => Inspectorate.TextOf(m).Contains("Recommendation 4", StringComparison.Ordinal));

        await GoAsync(page, "staff/sending");
        await page.GetByRole(AriaRole.Link, new() { Name = "Stop all sending" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all sending" }).ClickAsync();
        Assert.Equal(["Enter why sending is stopped"], await StaffDesk.ErrorsAsync(page));
        await page.FillAsync("[name=Reason]", "A wrong director is named.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all sending" }).ClickAsync();
        await service.MoveClockAsync(new(2017, 10, 16), new(9, 30));
        Assert.DoesNotContain(Escalations(), m => Inspectorate.TextOf(m).Contains("Recommendation 4", StringComparison.Ordinal));
        await GoAsync(page, "staff/sending/now");
        Assert.Contains("A wrong director is named.", await MainAsync(page), StringComparison.Ordinal);
        Assert.Contains("gloucestershire-2017-08/4: Escalation", await MainAsync(page), StringComparison.Ordinal);

        await GoAsync(page, "staff/sending/resume");
        await page.FillAsync("[name=Reason]", "The directory is right now.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let emails leave again" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/sending$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A wrong director is named.");
        await service.FireAsync("ChaseRecommendations");
        Assert.Contains(Escalations(), m => Inspectorate.TextOf(m).Contains("Recommendation 4", StringComparison.Ordinal));
        await GoAsync(page, "staff/sending");
        Assert.Matches(new Regex(@"Sent\s+[1-9]"), await MainAsync(page));

        await service.MoveClockAsync(new(2017, 11, 24), new(9, 0));
        await GoAsync(page, "staff/recommendations");
        Assert.Equal("5 open", await page.Locator("nav .moj-badge").TextContentAsync());
        await GoAsync(page, "staff/tasks");
        await page.GetByRole(AriaRole.Link, new() { Name = ": Decide what to do about recommendation gloucestershire-2017-08/2" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/gloucestershire-2017-08/2$"));
        await GoAsync(page, "staff/tasks");
        await page.GetByRole(AriaRole.Button, new() { Name = ": Decide what to do about recommendation gloucestershire-2017-08/2" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/tasks$"));
        await Assertions.Expect(page.Locator("nav .moj-badge")).ToHaveTextAsync("4 open");
        await page.GetByRole(AriaRole.Link, new() { Name = "Done", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/tasks/done$"));
        var done = await MainAsync(page);
        Assert.Contains("Decide what to do about recommendation gloucestershire-2017-08/2", done, StringComparison.Ordinal);
        Assert.Contains("24 November 2017 at 9am, by Megan Pryce", done, StringComparison.Ordinal);

        await GoAsync(page, "staff/jobs");
        Assert.Contains("Chasing works", await MainAsync(page), StringComparison.Ordinal);
        await GoAsync(page, "staff/outlook");
        Assert.Contains("No chasing email leaves in the next 30 days", await MainAsync(page), StringComparison.Ordinal);
    }

    private async Task<IPage> SignInAsync()
    {
        var page = await browser.NewPageAsync(javaScript: false);
        await GoAsync(page, "staff");
        await page.GetByText("Megan Pryce").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^[^?]*/staff"));
        return page;
    }

    private async Task GoAsync(IPage page, string path) => await page.GotoAsync(new Uri(service.BaseAddress, path).AbsoluteUri);

    private static Task<string> MainAsync(IPage page) => page.InnerTextAsync("main");

    private List<KeptMessage> Escalations() => [.. service.Inbox.Where(m => m.Payload.GetProperty("categories")[0].GetString() == "escalation" && m.IsTo("naomi.bright@hmpps.example"))];
}
