using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>The journey in a browser, with axe on every page and state.</summary>
[Collection(ReplyCollection.Name)]
public sealed class BrowserTests(ReplyService service, Browser browser)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    public async Task A_recommendation_is_answered_with_and_without_scripts_on_any_screen(bool scripts, int width)
    {
        var asked = await service.AskAsync(recommendations: 2);
        var page = await browser.NewPageAsync(scripts, width);
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(service.Local.BaseAddress.ToString(), StringComparison.Ordinal))
                elsewhere.Add(request.Url);
        };

        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).ToString());
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter the email address that the email was sent to");
        await Barriers.CheckAsync(page, scripts);
        await EnterAsync(page, asked);
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Link, new() { Name = "1. The organisation should" }).ClickAsync();
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose whether you agree");
        await Barriers.CheckAsync(page, scripts);

        await page.GetByLabel("Partly agreed").CheckAsync();
        await page.GetByLabel("Which part do you agree with?").FillAsync("The first part");
        await page.GetByLabel("Why do you not agree with the rest?").FillAsync("There is no budget");
        await page.GetByLabel("What will you do?").FillAsync("Recruit four officers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another action" }).ClickAsync();
        await page.GetByLabel("What will you do?").Nth(1).FillAsync("A step too many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove action 2" }).ClickAsync();
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Day").FillAsync("31");
        await page.GetByLabel("Month").FillAsync("March");
        await page.GetByLabel("Year").FillAsync("2018");
        // Return goes on and removes nothing
        await page.GetByLabel("Who will do it?").FillAsync("Head of operations");
        await page.GetByLabel("Who will do it?").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Check your answer");
        await Barriers.CheckAsync(page, scripts);

        await page.GetByRole(AriaRole.Button, new() { Name = "Send your answer" }).ClickAsync();
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Your full name").FillAsync("Ann First");
        await page.GetByLabel("Your job title").FillAsync("Head of Service");
        await page.GetByLabel("I answer for").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your answer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Answer received");
        await Barriers.CheckAsync(page, scripts);

        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
        Assert.Empty(elsewhere);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_other_states_of_the_pages_are_sound_too()
    {
        var asked = await service.AskAsync();
        using var bob = service.Visitor();
        var bobsPage = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        var page = await browser.NewPageAsync(width: 360);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, "/reply/none").ToString());
        await Barriers.CheckAsync(page, true);

        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).ToString());
        await EnterAsync(page, asked);
        await bob.SendAsync(bobsPage, "save", Typed.Agreed("Bob's step"));
        await page.GetByLabel("What will you do?").FillAsync("Ann's step");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Another answer was saved")).ToBeInViewportAsync();
        await Barriers.CheckAsync(page, true);

        var check = await bob.SendAsync(await bob.OpenAsync(bobsPage.Address), "continue", Typed.Agreed("Bob's step"));
        await bob.SendAsync(check, null, Typed.Declaration);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This answer was not sent")).ToBeVisibleAsync();
        await Barriers.CheckAsync(page, true);

        var receipt = page.Url;
        await page.GotoAsync(receipt.Replace("/receipt", "", StringComparison.Ordinal));
        await Barriers.CheckAsync(page, true);

        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptable" });
        await page.GotoAsync(receipt.Replace("receipt", "progress", StringComparison.Ordinal));
        await Barriers.CheckAsync(page, true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your report" }).ClickAsync();
        await Barriers.CheckAsync(page, true);
        await page.Context.CloseAsync();
    }

    private static async Task EnterAsync(IPage page, Asked asked)
    {
        await page.GetByLabel("Email address that the email was sent to").FillAsync($"ann@{asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }
}
