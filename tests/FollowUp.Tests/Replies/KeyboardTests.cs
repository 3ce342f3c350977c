using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>The journey without a mouse: on a small screen, at 200 % zoom (half the width in CSS pixels), with and without scripts.</summary>
[Collection(ReplyCollection.Name)]
public sealed class KeyboardTests(ReplyService service, Browser browser)
{
    private const int MostTabs = 80;

    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    [InlineData(true, 640)]
    public async Task An_answer_is_sent_by_keyboard_alone(bool scripts, int width)
    {
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync(scripts, width);
        await EnterAsync(page, asked);
        // An empty form says what is missing, and the keyboard goes from the summary to the field
        await PressAsync(page, "Continue");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await TabAsync(page, ".govuk-error-summary a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#position")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Space");
        await TypeAsync(page, "actions[0].step", "Recruit four officers");
        await TypeAsync(page, "actions[0].who", "Head of operations");
        await TypeAsync(page, "actions[0].targetOn.Day", "31");
        await TypeAsync(page, "actions[0].targetOn.Month", "3");
        await TypeAsync(page, "actions[0].targetOn.Year", "2018");
        await WidthAsync(page, scripts);
        await PressAsync(page, "Continue");
        await HeadingAsync(page, "Check your answer");
        await WidthAsync(page, scripts);
        await TypeAsync(page, "name", "Ann First");
        await TypeAsync(page, "role", "Head of Service");
        await TabAsync(page, "[name=declared]");
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Send your answer");
        await HeadingAsync(page, "Answer received");
        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    [InlineData(true, 640)]
    public async Task More_time_is_asked_for_and_a_colleague_named_by_keyboard_alone(bool scripts, int width)
    {
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync(scripts, width);
        await EnterAsync(page, asked);
        await TabAsync(page, "button[value='go:time']");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Ask for more time");
        await WidthAsync(page, scripts);
        await TypeAsync(page, "DueOn.Day", "20");
        await TypeAsync(page, "DueOn.Month", "10");
        await TypeAsync(page, "DueOn.Year", "2017");
        await TypeAsync(page, "Reason", "The head of operations is away");
        await TypeAsync(page, "Name", "Ann First");
        await TypeAsync(page, "Role", "Head of Service");
        await PressAsync(page, "Send your request");
        await Assertions.Expect(page.GetByText("Ann First asked on")).ToBeVisibleAsync();

        await TabAsync(page, "button[value='go:colleague']");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Name a colleague");
        await WidthAsync(page, scripts);
        await TabAsync(page, "[name=Change]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        await TypeAsync(page, "Name", "Cleo New");
        await TypeAsync(page, "Email", $"cleo@{asked.Organisation}.example");
        await TabAsync(page, "[name=Role]");
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Name your colleague");
        await HeadingAsync(page, "Sent to the inspectorate");
        await WidthAsync(page, scripts);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Return_sends_the_form_on_and_removes_no_text_of_others(bool scripts)
    {
        using var at = await Progressing.StartAsync(service);
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync(scripts, 640);
        await EnterAsync(page, asked);
        using var bob = service.Visitor();
        await bob.SendAsync(await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob))), "save", Typed.Agreed("Bob's step"));
        await page.GetByLabel("Who will do it?").FillAsync("Ann's deputy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Another answer was saved")).ToBeVisibleAsync();
        await page.GetByLabel("Who will do it?").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose whether you agree");
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Bob's step");

        await page.GotoAsync(new Uri(service.Local.BaseAddress, at.Asked.Ann).AbsoluteUri);
        await TypeAsync(page, "Email", $"ann@{at.Asked.Organisation}.example");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Recommendation 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report progress" }).ClickAsync();
        var bobs = await bob.OpenAsync(at.Asked.Question(await bob.StartAsync(at.Asked.Bob)) + "/progress");
        await bob.SendWithFileAsync(bobs, "save", null, ("text", "What Bob has seen"));
        await page.GetByLabel("What has been done since the last report?").FillAsync("What Ann has seen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Another report was saved")).ToBeVisibleAsync();
        await page.GetByLabel("Your job title").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Confirm that you report");
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("What Bob has seen");
        await Barriers.CheckAsync(page, scripts);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_leaves_a_form_by_no_button_of_it_is_asked_first()
    {
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync();
        await EnterAsync(page, asked);
        var questions = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            questions.Add(dialog.Type);
            await dialog.AcceptAsync();
        };
        var address = page.Url;
        await page.ReloadAsync();
        await TypeAsync(page, "actions[0].who", "Head of operations");
        Assert.Empty(questions);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, "/").AbsoluteUri);
        Assert.Equal(["beforeunload"], questions);

        await page.GotoAsync(address);
        await TypeAsync(page, "actions[0].who", "Head of operations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for more time" }).ClickAsync();
        await HeadingAsync(page, "Ask for more time");
        Assert.Single(questions);

        // "Back" is a link there, and nothing keeps a request that was not sent
        await TypeAsync(page, "Reason", "The director is away");
        await page.Locator(".govuk-back-link").ClickAsync();
        await HeadingAsync(page, "Recommendation 1");
        Assert.Equal(["beforeunload", "beforeunload"], questions);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Forms_say_from_which_site_they_come_and_nothing_more()
    {
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync();
        await EnterAsync(page, asked);
        var sent = await page.RunAndWaitForRequestAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync(), request => request.Method == "POST");
        var headers = await sent.AllHeadersAsync();
        var origin = service.Local.BaseAddress.GetLeftPart(UriPartial.Authority);
        Assert.Equal((origin, origin + "/"), (headers["origin"], headers.GetValueOrDefault("referer", origin + "/")));
        await page.Context.CloseAsync();
    }

    private async Task EnterAsync(IPage page, Asked asked)
    {
        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).AbsoluteUri);
        await TypeAsync(page, "Email", $"ann@{asked.Organisation}.example");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Recommendation 1");
    }

    private static Task HeadingAsync(IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    private static async Task TypeAsync(IPage page, string name, string text)
    {
        await TabAsync(page, $"[name='{name}']");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(IPage page, string button)
    {
        await TabAsync(page, $"button.govuk-button:has-text('{button}')");
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses the Tab key until the focus is there.</summary>
    private static async Task TabAsync(IPage page, string selector)
    {
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator(selector).And(page.Locator(":focus")).CountAsync() > 0)
                return;
        }

        Assert.Fail($"The Tab key does not reach {selector} on {page.Url}");
    }

    private static async Task WidthAsync(IPage page, bool scripts)
    {
        if (scripts)
            await Barriers.WidthAsync(page);
    }
}
