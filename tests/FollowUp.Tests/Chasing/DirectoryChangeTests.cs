using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Recommendations;
using Microsoft.Playwright;

namespace FollowUp.Tests.Chasing;

/// <summary>Changes of the directory are told, suspended addresses are shown, and the register can be paged both ways.</summary>
public sealed class DirectoryChangeTests(Browser browser, Inspectorate the) : IClassFixture<Inspectorate>
{
    [Fact]
    public async Task The_other_main_contacts_are_told_once_who_changed_what()
    {
        var id = Inspectorate.Fresh("org");
        await the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id), Inspectorate.Contact(id, "main", "Other Main"), Inspectorate.Contact(id, "second")]);
        await the.Service.SettleAsync();
        Assert.Empty(the.To(Inspectorate.Address(id, "main")));

        await the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id), Inspectorate.Contact(id, "main", "New Main"), Inspectorate.Contact(id, "second")]);
        await the.Service.SettleAsync();
        await the.Service.FireAsync("SweepRegister");

        var email = Assert.Single(the.To(Inspectorate.Address(id, "main")));
        Assert.Equal("change", Inspectorate.Category(email));
        Assert.Contains($"Contact added: New Main ({Inspectorate.Address(id, "new.main")}), main contact.", Words(Inspectorate.TextOf(email)), StringComparison.Ordinal);
        Assert.Contains("Contact taken out: Other Main", Words(Inspectorate.TextOf(email)), StringComparison.Ordinal);
        Assert.Contains("Tom Ellery", Inspectorate.TextOf(email), StringComparison.Ordinal);
        Assert.Null(Inspectorate.TokenIn(email));
        Assert.Empty(the.To(Inspectorate.Address(id, "new.main")));
        Assert.Empty(the.To(Inspectorate.Address(id, "second")));
        Assert.Empty((await the.Viewer.GetAsync($"api/organisations/{id}/links")).Items);
    }

    [Fact]
    public async Task A_change_of_something_else_tells_nobody()
    {
        var id = await the.OrganisationAsync();
        await the.OrganisationAsync(id: id, kind: "nps");
        await the.Service.SettleAsync();

        Assert.Empty(the.To(Inspectorate.Address(id, "main")));
    }

    [Fact]
    public async Task A_suspended_address_is_marked_with_why_and_since_and_can_be_used_again()
    {
        var organisation = await the.OrganisationAsync();
        var main = Inspectorate.Address(organisation, "main");
        Assert.Null(the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { bounce = main })));
        var id = await the.IssuedAsync(organisation);
        await the.Service.FireAsync("ChaseRecommendations");
        Assert.Null(the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true })));

        var page = await SignInAsync();
        await GoAsync(page, $"staff/organisations/{organisation}");
        var shown = await page.InnerTextAsync("main");
        Assert.Contains("An email of 31 August 2017 bounced.", shown, StringComparison.Ordinal);
        Assert.Empty(await StaffDesk.BarriersAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Use it again" }).ClickAsync();
        Assert.Empty(await StaffDesk.BarriersAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the address again" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/staff/organisations/{organisation}$"));
        Assert.Equal(0, await page.GetByText("Suspended").CountAsync());
        Assert.DoesNotContain((await the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation);
        await GoAsync(page, "staff/tasks/done");
        Assert.Contains("Find a working address for Main Contact", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal("awaitingResponse", (await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("status"));
    }

    [Fact]
    public async Task What_did_not_arrive_is_sent_again_from_its_task_to_another_address()
    {
        var organisation = await the.OrganisationAsync();
        Assert.Null(the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { bounce = Inspectorate.Address(organisation, "main") })));
        await the.IssuedAsync(organisation);
        await the.Service.FireAsync("ChaseRecommendations");
        Assert.Null(the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true })));

        var page = await SignInAsync();
        await GoAsync(page, "staff/tasks");
        await page.Locator($"a[href*='send-again'][href*='{organisation}']").ClickAsync();
        Assert.Empty(await StaffDesk.BarriersAsync(page));
        await page.FillAsync("[name=Email]", "nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it again" }).ClickAsync();
        Assert.Equal(["Enter an email address in the correct format, like name@example.com"], await StaffDesk.ErrorsAsync(page));
        Assert.Equal("nobody", await page.InputValueAsync("[name=Email]"));
        await page.FillAsync("[name=Email]", $"new@{organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it again" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff/tasks$"));
        await the.Service.SettleAsync();

        Assert.Contains(the.To($"new@{organisation}.example"), m => Inspectorate.Category(m) == "notice");
    }

    [Fact]
    public async Task The_register_is_paged_forwards_and_backwards()
    {
        var organisation = await the.OrganisationAsync();
        await the.IssuedAsync([.. Enumerable.Repeat(organisation, 80)]);
        await the.IssuedAsync([.. Enumerable.Repeat(organisation, 40)]);
        var page = await SignInAsync();
        await GoAsync(page, $"staff/recommendations?organisation={organisation}");
        var first = await RowsAsync(page);
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        var second = await RowsAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        var third = await RowsAsync(page);
        Assert.Equal((50, 50, 20), (first.Count, second.Count, third.Count));
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).ClickAsync();
        Assert.Equal(second, await RowsAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).ClickAsync();
        Assert.Equal(first, await RowsAsync(page));
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Previous page" }).CountAsync());
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(IPage page) => await page.Locator("tbody tr a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");

    private async Task<IPage> SignInAsync()
    {
        var page = await browser.NewPageAsync(javaScript: true);
        await GoAsync(page, "staff");
        await page.GetByText("Megan Pryce").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^[^?]*/staff"));
        return page;
    }

    private async Task GoAsync(IPage page, string path) => await page.GotoAsync(new Uri(the.Service.BaseAddress, path).AbsoluteUri);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
