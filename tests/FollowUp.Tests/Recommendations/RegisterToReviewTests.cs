using System.Text.RegularExpressions;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Recommendations;

[Collection(StaffPages.Name)]
public sealed class RegisterToReviewTests(Browser browser, StaffDesk desk)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_inspection_is_registered_issued_answered_and_reviewed_with_and_without_scripts(bool javaScript)
    {
        var area = javaScript ? "Durham" : "Norfolk";
        var staff = await desk.SignInAsync(browser, "Megan Pryce", javaScript);

        await RegisterAsync(staff, area);
        var inspection = staff.Url;
        Assert.Equal(["1", "2a", "2b"], await staff.Locator("tbody tr td:first-child").AllInnerTextsAsync());

        await staff.GetByRole(AriaRole.Button, new() { Name = "Issue the recommendations" }).ClickAsync();
        Assert.Contains("Answer due on Thursday 28 September 2017", await staff.InnerTextAsync("main"), StringComparison.Ordinal);
        await staff.GetByRole(AriaRole.Button, new() { Name = "Issue now" }).ClickAsync();
        Assert.Contains("Recommendations issued", await staff.InnerTextAsync(".govuk-notification-banner"), StringComparison.Ordinal);

        // The notice of the sample may have gone today already, and there is one email a day
        await desk.Service.FireAsync("ChaseRecommendations");
        await AnswerAsync(desk.LinkTo("rosalind.marsh@bgsw-crc.example"), "rosalind.marsh@bgsw-crc.example", area, javaScript);

        await staff.GotoAsync(desk.Address("staff/review"));
        await staff.Locator("tr", new() { HasText = area }).GetByRole(AriaRole.Link, new() { Name = "Review the answer" }).ClickAsync();
        await staff.CheckAsync("[name=Judgement][value=Acceptable]");
        await staff.FillAsync("[name=Note]", "A sound plan");
        await staff.GetByRole(AriaRole.Button, new() { Name = "Record the review" }).ClickAsync();

        var shown = await staff.InnerTextAsync("main");
        Assert.Contains("Review recorded", shown, StringComparison.Ordinal);
        Assert.Contains("Hire six people <b>soon</b>", shown, StringComparison.Ordinal);
        Assert.Contains("In progress", shown, StringComparison.Ordinal);
        Assert.Equal(
            ["Asked for: progress update", "Answer reviewed: acceptable", "Answer received: agreed"],
            (await staff.Locator(".moj-timeline__title").AllInnerTextsAsync()).Where(t => t.StartsWith('A')));
        Assert.StartsWith(desk.Address("staff/inspections/"), inspection, StringComparison.Ordinal);
    }

    private static async Task RegisterAsync(IPage page, string area)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Inspections" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Register an inspection" }).ClickAsync();
        await page.FillAsync("[name=Title]", $"Probation work in {area}");
        await page.FillAsync("[name=Area]", area);
        await page.FillAsync("[name=Programme]", "Quality & Impact");
        await StaffDesk.FillDateAsync(page, "PublishedOn", 31, 8, 2017);
        await page.FillAsync("[name='LeadInspector.Name']", "Eleanor Vance");
        await page.FillAsync("[name='LeadInspector.Email']", "eleanor.vance@inspectorate.example");
        await page.FillAsync("[name='Recommendations[0].Text']", $"{area} should see people every week.");
        await page.SelectOptionAsync("[name='Recommendations[0].OrganisationIds[0]']", "bgsw-crc");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add another recommendation" }).ClickAsync();
        await page.FillAsync("[name='Recommendations[1].Text']", "This one is taken out again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another recommendation" }).ClickAsync();
        await page.FillAsync("[name='Recommendations[2].Text']", "They should both keep records.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove recommendation 2" }).ClickAsync();
        Assert.Equal("They should both keep records.", await page.InputValueAsync("[name='Recommendations[1].Text']"));

        await page.SelectOptionAsync("[name='Recommendations[1].OrganisationIds[0]']", "bgsw-crc");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another responsible organisation to recommendation 2" }).ClickAsync();
        await page.SelectOptionAsync("[name='Recommendations[1].OrganisationIds[1]']", "nps-south-west");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        Assert.Contains("Inspection registered as a draft", await page.InnerTextAsync(".govuk-notification-banner"), StringComparison.Ordinal);
    }

    private async Task AnswerAsync(string link, string address, string area, bool javaScript)
    {
        var page = await browser.NewPageAsync(javaScript);
        await page.GotoAsync(link);
        await page.FillAsync("[name=Email]", address);
        await page.Locator("main form button").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = area }).First.ClickAsync();
        await page.CheckAsync("[name=position][value=Agreed]");
        await page.FillAsync("[name='actions[0].step']", "Hire six people <b>soon</b>");
        await page.FillAsync("[name='actions[0].who']", "Head of operations");
        await StaffDesk.FillDateAsync(page, "actions[0].targetOn", 30, 11, 2017);
        await page.Locator("#answer .govuk-button[value=continue]").ClickAsync();
        await page.FillAsync("[name=name]", "Rosalind Marsh");
        await page.FillAsync("[name=role]", "Deputy director");
        await page.CheckAsync("[name=declared]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your answer" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/receipt$"));
    }
}
