using System.Text.RegularExpressions;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Recommendations;

[Collection(StaffPages.Name)]
public sealed class StaffFormsTests(Browser browser, StaffDesk desk)
{
    private const string Fourth = "staff/recommendations/" + StaffDesk.Gloucestershire + "/4";

    [Theory]
    [InlineData(1, 1, 1900, "The publication date must be 1 January 2012 or later: bank holidays before it are not known")]
    [InlineData(1, 1, 2100, "The publication date must be 31 August 2019 or earlier")]
    [InlineData(31, 2, 2017, "Publication date must be a real date")]
    public async Task What_is_wrong_with_an_inspection_is_said_all_at_once_and_nothing_typed_is_lost(int day, int month, int year, string expected)
    {
        var page = await desk.SignInAsync(browser, "Tom Ellery", javaScript: false);
        await page.GotoAsync(desk.Address("staff/inspections/new"));
        var long20 = new string('w', 20_000);
        await page.FillAsync("[name=Title]", "Bad <i>input</i>");
        await StaffDesk.FillDateAsync(page, "PublishedOn", day, month, year);
        await page.FillAsync("[name='LeadInspector.Email']", "nobody");
        await page.FillAsync("[name='Recommendations[0].Text']", long20);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();

        Assert.Equal(
            [
                "Enter the area that was inspected", "Enter the inspection programme", expected, "Enter the name of the lead inspector",
                "Enter an email address in the correct format, like name@example.com",
                "The words of the recommendation must be 5,000 characters or fewer; it is 20,000", "Choose the responsible organisation",
            ],
            await StaffDesk.ErrorsAsync(page));
        Assert.Equal("Bad <i>input</i>", await page.InputValueAsync("[name=Title]"));
        Assert.Equal($"{year}", await page.InputValueAsync("[name='PublishedOn.Year']"));
        Assert.Equal(long20, await page.InputValueAsync("[name='Recommendations[0].Text']"));
        await page.GotoAsync(desk.Address("staff/inspections"));
        Assert.DoesNotContain("Bad <i>input</i>", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_is_none_survives_adding_and_removing_rows()
    {
        var page = await desk.SignInAsync(browser, "Tom Ellery", javaScript: false);
        await page.GotoAsync(desk.Address("staff/inspections/new"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another recommendation" }).ClickAsync();
        await page.FillAsync("[name='Recommendations[1].ResponseDueOn.Day']", "soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another recommendation" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove recommendation 1" }).ClickAsync();

        Assert.Equal("soon", await page.InputValueAsync("[name='Recommendations[0].ResponseDueOn.Day']"));
        Assert.Empty(await StaffDesk.ErrorsAsync(page));
    }

    [Fact]
    public async Task An_organisation_needs_an_id_of_its_own_and_contacts_with_real_addresses()
    {
        var page = await desk.SignInAsync(browser, "Tom Ellery");
        await page.GotoAsync(desk.Address("staff/organisations/new"));
        await page.FillAsync("[name=Id]", "bgsw-crc");
        await page.FillAsync("[name='Contacts[0].Email']", "not an address");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the organisation" }).ClickAsync();

        var errors = await StaffDesk.ErrorsAsync(page);
        Assert.Contains("Bristol, Gloucestershire, Somerset & Wiltshire CRC has this short name already: enter another one", errors);
        Assert.Contains("Enter the organisation’s name", errors);
        Assert.Contains("Enter an email address in the correct format, like name@example.com", errors);
        Assert.Equal("not an address", await page.InputValueAsync("[name='Contacts[0].Email']"));
    }

    [Fact]
    public async Task Nothing_is_issued_to_an_organisation_without_a_main_contact_and_it_is_named()
    {
        var page = await desk.SignInAsync(browser, "Tom Ellery");
        await page.GotoAsync(desk.Address("staff/organisations/new"));
        await page.FillAsync("[name=Id]", "silent-council");
        await page.FillAsync("[name=Name]", "Silent Council");
        await page.CheckAsync("[name=Kind][value=Other]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove contact 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the organisation" }).ClickAsync();
        Assert.Contains("There is no main contact", await page.InnerTextAsync("main"), StringComparison.Ordinal);

        await page.GotoAsync(desk.Address("staff/inspections/new"));
        await page.FillAsync("[name=Title]", "Work of the council");
        await page.FillAsync("[name=Area]", "Silence");
        await page.FillAsync("[name=Programme]", "Thematic");
        await StaffDesk.FillDateAsync(page, "PublishedOn", 31, 8, 2017);
        await page.FillAsync("[name='LeadInspector.Name']", "Eleanor Vance");
        await page.FillAsync("[name='LeadInspector.Email']", "eleanor.vance@inspectorate.example");
        await page.FillAsync("[name='Recommendations[0].Text']", "The council should speak.");
        await page.SelectOptionAsync("[name='Recommendations[0].OrganisationIds[0]']", "silent-council");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue the recommendations" }).ClickAsync();

        Assert.Equal(["Recommendation 1: Silent Council has no valid main contact. Add one to the organisation, then issue again"], await StaffDesk.ErrorsAsync(page));
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Issue now" }).CountAsync());
    }

    [Fact]
    public async Task A_second_editor_sees_that_someone_else_was_faster_and_keeps_what_was_typed()
    {
        var first = await desk.SignInAsync(browser, "Megan Pryce");
        var second = await desk.SignInAsync(browser, "Grace Adebayo");
        await second.GotoAsync(desk.Address(Fourth + "/extend"));
        await ExtendAsync(first, Fourth, 10, "The strategy is with the board");

        await StaffDesk.FillDateAsync(second, "DueOn", 12, 10, 2017);
        await second.FillAsync("[name=Reason]", "My own reason");
        var answer = await second.RunAndWaitForResponseAsync(
            () => second.GetByRole(AriaRole.Button, new() { Name = "Extend the deadline" }).ClickAsync(),
            response => response.Request.Method == "POST");

        Assert.Equal(412, answer.Status);
        var shown = await second.InnerTextAsync("main");
        Assert.Contains("Someone else has changed this recommendation", shown, StringComparison.Ordinal);
        Assert.Contains("10 October 2017", shown, StringComparison.Ordinal);
        Assert.Equal("My own reason", await second.InputValueAsync("[name=Reason]"));
        Assert.Equal("12", await second.InputValueAsync("[name='DueOn.Day']"));

        await second.GetByRole(AriaRole.Button, new() { Name = "Extend the deadline" }).ClickAsync();
        Assert.Contains("Thursday 12 October 2017", await second.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_does_its_work_once()
    {
        var page = await desk.SignInAsync(browser, "Megan Pryce");
        const string third = "staff/recommendations/" + StaffDesk.Gloucestershire + "/3";
        await page.GotoAsync(desk.Address(third + "/extend"));
        await StaffDesk.FillDateAsync(page, "DueOn", 14, 10, 2017);
        await page.FillAsync("[name=Reason]", "Sent twice");
        await page.EvaluateAsync("""
            () => { const form = document.querySelector('main form'), send = () => fetch(location.href, { method: 'POST', body: new FormData(form) });
                    return Promise.all([send(), send()]); }
            """);

        await page.GotoAsync(desk.Address(third));
        Assert.Single(await page.Locator(".moj-timeline__title").AllInnerTextsAsync(), title => title == "Deadline moved");
        Assert.Contains("14 October 2017 is not a working day (Saturday)", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_nothing_else_and_turned_away()
    {
        var page = await desk.SignInAsync(browser, "Priya Anand");
        await page.GotoAsync(desk.Address(Fourth));
        Assert.Equal(0, await page.Locator("main .govuk-button").CountAsync());

        foreach (var path in new[] { Fourth + "/extend", Fourth + "/close", "staff/inspections/new", "staff/organisations/new" })
        {
            Assert.Equal(403, (await page.GotoAsync(desk.Address(path)))!.Status);
        }
    }

    private async Task ExtendAsync(IPage page, string recommendation, int day, string reason)
    {
        await page.GotoAsync(desk.Address(recommendation + "/extend"));
        await StaffDesk.FillDateAsync(page, "DueOn", day, 10, 2017);
        await page.FillAsync("[name=Reason]", reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "Extend the deadline" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/" + recommendation + "$"));
    }
}
