using System.Text.RegularExpressions;
using FollowUp.Local.Mail;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Recommendations;
using Microsoft.Playwright;

namespace FollowUp.Tests.Story;

/// <summary>An administrator changes the ladder and the holidays in a browser, and the chase goes by them from the next day on.</summary>
public sealed class StaffSettingsStoryTests(Browser browser, LocalService service) : IClassFixture<LocalService>
{
    private const string Main = "rosalind.marsh@bgsw-crc.example";

    [Fact]
    public async Task The_ladder_and_the_holidays_are_changed_with_a_look_ahead()
    {
        await new SampleRegister(service.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
        await service.MoveClockAsync(new(2017, 9, 11), new(9, 0));
        var page = await SignInAsync(service);
        await GoAsync(page, "staff/ladder/edit");
        await page.FillAsync("[name='Steps[0].Days']", "3");
        await PressAsync(page, "See what changes");
        Assert.Equal(["The steps must be in the order of their days: this one must come after “First reminder”", "Enter why the ladder is changed"], await StaffDesk.ErrorsAsync(page));
        Assert.Equal("3", await page.InputValueAsync("[name='Steps[0].Days']"));

        await page.FillAsync("[name='Steps[0].Days']", "8");
        await PressAsync(page, "Add a step after step 8");
        await page.FillAsync("[name='Steps[8].Name']", "Extra escalation");
        await page.FillAsync("[name='Steps[8].Days']", "35");
        await page.SelectOptionAsync("[name='Steps[8].When']", "after");
        await page.CheckAsync("[name='Steps[8].Audience'][value=LeadInspector]");
        await page.FillAsync("[name=Reason]", "Reminders came too early.");
        await PressAsync(page, "See what changes");
        var rows = await page.Locator("[aria-label='Chasing of the next 10 working days'] tbody tr").AllInnerTextsAsync();
        Assert.Contains(rows, r => r.Contains("Thursday 14 September 2017", StringComparison.Ordinal) && r.TrimEnd().EndsWith("NOT SENT", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(rows, r => r.Contains("Monday 18 September 2017", StringComparison.Ordinal) && r.TrimEnd().EndsWith("SENT", StringComparison.OrdinalIgnoreCase));
        var beside = await page.Context.NewPageAsync();
        await GoAsync(beside, "staff/ladder");
        Assert.Contains("10 working days before the deadline", await MainAsync(beside), StringComparison.Ordinal);

        await PressAsync(page, "Change it again");
        Assert.Equal("Extra escalation", await page.InputValueAsync("[name='Steps[8].Name']"));
        await PressAsync(page, "See what changes");
        await PressAsync(page, "Set this ladder");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/ladder(#.*)?$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("8 working days before the deadline");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("by Megan Pryce");

        await service.MoveClockAsync(new(2017, 9, 15), new(18, 0));
        Assert.Empty(Reminders());
        await service.MoveClockAsync(new(2017, 9, 18), new(9, 30));
        Assert.Single(Reminders());

        await AddHolidayAsync(page);
        await service.SettleAsync();
        await GoAsync(page, "staff/recommendations/gloucestershire-2017-08/4");
        Assert.Contains("Friday 29 September 2017", await MainAsync(page), StringComparison.Ordinal);
        Assert.Contains("Originally 28 September 2017", await MainAsync(page), StringComparison.Ordinal);
        await GoAsync(page, "staff/recommendations/gloucestershire-2017-08/5");
        Assert.Contains("Thursday 28 September 2017", await MainAsync(page), StringComparison.Ordinal);

        await service.MoveClockAsync(new(2017, 9, 22), new(18, 0));
        Assert.DoesNotContain(service.Inbox, m => Inspectorate.IsChasing(m) && m.ReceivedAt.Date == new DateTime(2017, 9, 22));
        Assert.Single(Reminders(), m => m.ReceivedAt.Date == new DateTime(2017, 9, 21));

        await GoAsync(page, "staff/holidays/2017-12-25/remove");
        await PressAsync(page, "See what changes");
        Assert.Equal(["Enter why it is taken out"], await StaffDesk.ErrorsAsync(page));
        await page.FillAsync("[name=Source]", "An error");
        await PressAsync(page, "See what changes");
        await PressAsync(page, "Take out the holiday");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/holidays\\?year=2017$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("was taken out by Megan Pryce");
        await GoAsync(page, "staff/holidays/add");
        await StaffDesk.FillDateAsync(page, "Day", 23, 9, 2017);
        await page.FillAsync("[name=Title]", "Saturday");
        await page.FillAsync("[name=Source]", "Nowhere");
        await PressAsync(page, "See what changes");
        Assert.Equal(["23 September 2017 is a Saturday, which is no working day anyway: enter the substitute day"], await StaffDesk.ErrorsAsync(page));
    }

    [Fact]
    public async Task A_year_before_the_holidays_run_out_staff_get_a_task_and_adding_them_ends_it()
    {
        await using var own = new LocalService();
        await own.StartAsync(options => options with { StartsAt = new DateTimeOffset(2028, 1, 4, 13, 0, 0, TimeSpan.Zero) });
        await own.FireAsync("SweepRegister");
        var page = await SignInAsync(own);
        await GoAsync(page, "staff/tasks", own);
        Assert.Equal("1 open", await page.Locator("nav .moj-badge").TextContentAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = ": Add the bank holidays of 2029" }).ClickAsync();
        Assert.Contains("Bank holidays are known only until 31 December 2028", await MainAsync(page), StringComparison.Ordinal);

        foreach (var (month, day) in new[] { (1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26) })
        {
            Assert.Contains("known only until", await HolidaysAsync(page, own), StringComparison.Ordinal);
            await GoAsync(page, "staff/holidays/add", own);
            await StaffDesk.FillDateAsync(page, "Day", day, month, 2029);
            await page.FillAsync("[name=Title]", "Bank holiday");
            await page.FillAsync("[name=Source]", "GOV.UK, 4 January 2028");
            await PressAsync(page, "See what changes");
            await PressAsync(page, "Add the holiday");
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/deadlines$"));
        }

        Assert.DoesNotContain("known only until", await HolidaysAsync(page, own), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("nav .moj-badge").CountAsync());
        await GoAsync(page, "staff/tasks/done", own);
        Assert.Contains("Add the bank holidays of 2029", await MainAsync(page), StringComparison.Ordinal);
    }

    private async Task<string> HolidaysAsync(IPage page, LocalService of)
    {
        await GoAsync(page, "staff/holidays?year=2029", of);
        return await MainAsync(page);
    }

    private async Task AddHolidayAsync(IPage page)
    {
        await GoAsync(page, "staff/holidays");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a holiday" }).ClickAsync();
        await StaffDesk.FillDateAsync(page, "Day", 22, 9, 2017);
        await page.FillAsync("[name=Title]", "Day of mourning");
        await page.FillAsync("[name=Source]", "GOV.UK, 18 September 2017");
        await PressAsync(page, "See what changes");
        var preview = await MainAsync(page);
        Assert.Contains("gloucestershire-2017-08/5 (due 28 September 2017)", preview, StringComparison.Ordinal);
        Assert.Matches("Second reminder\\s+Thursday 21 September 2017\\s+Wednesday 20 September 2017", preview);
        await PressAsync(page, "Add the holiday");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/holidays/2017-09-22/deadlines$"));
        Assert.Equal(5, await page.Locator("[name=Recommendations]:checked").CountAsync());
        await page.UncheckAsync("[name=Recommendations][value='gloucestershire-2017-08/5']");
        await PressAsync(page, "Extend the deadlines");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/holidays\\?year=2017$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("4 deadlines extended");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Added by Megan Pryce");
        await GoAsync(page, "staff/holidays/2017-09-22/deadlines");
        Assert.Equal(1, await page.Locator("[name=Recommendations]").CountAsync());
    }

    private async Task<IPage> SignInAsync(LocalService to)
    {
        var page = await browser.NewPageAsync(javaScript: false);
        await GoAsync(page, "staff", to);
        await page.GetByText("Megan Pryce").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^[^?]*/staff"));
        return page;
    }

    private async Task GoAsync(IPage page, string path, LocalService? to = null) => await page.GotoAsync(new Uri((to ?? service).BaseAddress, path).AbsoluteUri);

    private static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Last.ClickAsync();

    private static Task<string> MainAsync(IPage page) => page.InnerTextAsync("main");

    private List<KeptMessage> Reminders() => [.. service.Inbox.Where(m => Inspectorate.Category(m) == "reminder" && m.IsTo(Main))];
}
