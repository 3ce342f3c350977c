using System.Text.RegularExpressions;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Story;

/// <summary>The main job as people live it, in a browser: from the notice of 31 August 2017 to the answers on the inspectorate's screen.</summary>
public sealed partial class GloucestershireStoryTests(Browser browser, LocalService service) : IClassFixture<LocalService>
{
    [Fact]
    public async Task An_answer_by_link_stops_the_reminders_and_is_accepted_while_the_other_organisation_is_chased_to_the_top()
    {
        var stop = TestContext.Current.CancellationToken;
        await new SampleRegister(service.Stack, _ => { }).LoadAsync(stop);
        var staff = await SignInAsync("administrator");

        await service.MoveClockAsync(new DateOnly(2017, 9, 20), new TimeOnly(9, 0));
        var provider = await browser.NewPageAsync(javaScript: false, width: 390);
        await provider.GotoAsync(LinkTo("rosalind.marsh@bgsw-crc.example"));
        await provider.GetByLabel("Email address").FillAsync("rosalind.marsh@bgsw-crc.example");
        await provider.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        foreach (var number in new[] { 1, 2, 3 })
        {
            await AnswerAsync(provider, number);
        }

        await service.SettleAsync();
        var receipts = service.Inbox.Where(m => Inspectorate.Category(m) == "receipt").ToList();
        Assert.Equal(6, receipts.Count);
        Assert.All(receipts, r => Assert.Contains("Recruit eight case managers", Inspectorate.TextOf(r), StringComparison.Ordinal));

        await staff.GotoAsync(new Uri(service.BaseAddress, "staff/review").ToString());
        Assert.Equal(3, await staff.Locator("tbody tr").CountAsync());
        await staff.GotoAsync(new Uri(service.BaseAddress, "staff/recommendations/gloucestershire-2017-08/1/review").ToString());
        await staff.GetByLabel("Acceptable", new() { Exact = true }).CheckAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Record the review" }).ClickAsync();
        await service.SettleAsync();
        Assert.Contains("In progress", await staff.ContentAsync(), StringComparison.Ordinal);

        // Five months on, the session is as it was: signing in keeps real time.
        await service.MoveClockAsync(new DateOnly(2018, 2, 20), new TimeOnly(9, 0));
        await staff.GotoAsync(new Uri(service.BaseAddress, "staff").ToString());
        Assert.Contains("20 February 2018", await staff.ContentAsync(), StringComparison.Ordinal);

        var chased = service.Inbox.Where(Inspectorate.IsChasing).ToList();
        Assert.All(chased, m => Assert.True(m.ReceivedAt.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));
        Assert.DoesNotContain(chased, m => m.IsTo("rosalind.marsh@bgsw-crc.example") && Inspectorate.TextOf(m).Contains("Recommendation 2", StringComparison.Ordinal) && m.ReceivedAt.Date > new DateTime(2017, 9, 20));
        Assert.Equal(
            ["2017-08-31", "2017-09-14", "2017-09-21", "2017-09-27", "2017-09-29", "2017-10-05"],
            chased.Where(m => m.IsTo("imran.siddiq@nps-southwest.example")).Select(m => m.ReceivedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(
            ["2017-10-12", "2017-10-26", "2017-11-09", "2017-11-23"],
            chased.Where(m => m.IsTo("naomi.bright@hmpps.example") && Inspectorate.TextOf(m).Contains("South West", StringComparison.Ordinal)).Select(m => m.ReceivedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private async Task<IPage> SignInAsync(string role)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(service.BaseAddress, "staff").ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(role, RegexOptions.IgnoreCase) }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return page;
    }

    private static async Task AnswerAsync(IPage page, int number)
    {
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{number}\\b|Recommendation {number}\\b") }).First.ClickAsync();
        await page.GetByLabel("Agreed", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("What will you do?").FillAsync("Recruit eight case managers for the Gloucestershire offices.");
        await page.GetByLabel("Who will do it?").FillAsync("Director of Operations");
        await page.GetByLabel("Day").FillAsync("30");
        await page.GetByLabel("Month").FillAsync("11");
        await page.GetByLabel("Year").FillAsync("2017");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Full name").FillAsync("Rosalind Marsh");
        await page.GetByLabel("Job title").FillAsync("Head of Performance");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your answer" }).ClickAsync();
        Assert.Contains("Answer received", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to your recommendations" }).ClickAsync();
    }

    private string LinkTo(string mailbox) =>
        LinkOf().Match(Inspectorate.TextOf(service.Inbox.Last(m => m.IsTo(mailbox)))).Value;

    [GeneratedRegex(@"http://\S+/reply/[\w-]{43}")]
    private static partial Regex LinkOf();
}
