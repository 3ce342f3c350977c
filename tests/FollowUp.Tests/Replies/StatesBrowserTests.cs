using System.Text.RegularExpressions;
using FollowUp.Tests.Evidence;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>The pages beside the answer, in every state, on the narrowest screen and with and without scripts.</summary>
[Collection(ReplyCollection.Name)]
public sealed partial class StatesBrowserTests(ReplyService service, Browser browser)
{
    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    [InlineData(true, 1280)]
    public async Task A_colleague_is_named_and_more_time_is_asked_for(bool scripts, int width)
    {
        var asked = await service.AskAsync();
        var (page, home) = await EnterAsync(asked, scripts, width);
        await page.GotoAsync(home + "/colleague");
        await Barriers.CheckAsync(page, scripts);
        await PressAsync(page, "Name your colleague");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Your colleague’s full name").FillAsync("Cleo New");
        await page.GetByLabel("Your colleague’s email address").FillAsync("cleo@else.example");
        await page.GetByLabel("My colleague joins me").CheckAsync();
        await page.GetByLabel("Second contact").CheckAsync();
        await PressAsync(page, "Name your colleague");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sent to the inspectorate");
        await Barriers.CheckAsync(page, scripts);

        await StaffAgreeAsync(asked, scripts, width);
        await page.GotoAsync(asked.Question(home) + "/more-time");
        await PressAsync(page, "Send your request");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Day").FillAsync("20");
        await page.GetByLabel("Month").FillAsync("10");
        await page.GetByLabel("Year").FillAsync("2017");
        await page.GetByLabel("Why do you need more time?").FillAsync("The director is away.");
        await page.GetByLabel("Your full name").FillAsync("Ann First");
        await page.GetByLabel("Your job title").FillAsync("Head of Service");
        await PressAsync(page, "Send your request");
        await Assertions.Expect(page.Locator(".govuk-notification-banner--success")).ToContainTextAsync("We have your request");
        await Barriers.CheckAsync(page, scripts);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    public async Task A_note_is_sent_after_closing(bool scripts, int width)
    {
        var asked = await service.AskAsync();
        var (page, home) = await EnterAsync(asked, scripts, width);
        await page.GetByLabel("Who will do it?").FillAsync("Head of operations");
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded", note = "See the new report." });
        await PressAsync(page, "Continue");
        await Assertions.Expect(page.GetByText("This answer was not sent")).ToBeVisibleAsync();
        await Barriers.CheckAsync(page, scripts);
        await PressAsync(page, "Send it to the inspectorate as a note");
        await Assertions.Expect(page.GetByLabel("Your note")).ToHaveValueAsync(new Regex("Head of operations"));
        await Barriers.CheckAsync(page, scripts);

        await page.GotoAsync(asked.Question(home));
        await PressAsync(page, "Remove what was not sent");
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToHaveCountAsync(0);
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Link, new() { Name = "send a note to the inspectorate" }).ClickAsync();
        await Barriers.CheckAsync(page, scripts);
        await PressAsync(page, "Send your note");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Your note").FillAsync("All is done.");
        await page.GetByLabel("Your full name").FillAsync("Ann First");
        await page.GetByLabel("Your job title").FillAsync("Head of Service");
        await PressAsync(page, "Send your note");
        await Assertions.Expect(page.Locator(".govuk-notification-banner--success")).ToContainTextAsync("We have your note");
        await Barriers.CheckAsync(page, scripts);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true, 320)]
    [InlineData(false, 320)]
    public async Task What_was_typed_is_kept_when_the_session_ends_and_a_refused_file_loses_nothing(bool scripts, int width)
    {
        using var at = await Progressing.StartAsync(service);
        var (page, home) = await EnterAsync(at.Asked, scripts, width);
        await page.GotoAsync(at.Asked.Question(home) + "/progress");
        await page.GetByLabel("What has been done since the last report?").FillAsync("Four have started, which took a long time to write down " + new string('x', 80));
        await page.GetByLabel("I report for").CheckAsync();
        await page.GetByLabel("Upload a file").SetInputFilesAsync(new FilePayload { Name = "virus-" + new string('x', 60) + ".txt", MimeType = "text/plain", Buffer = Files.Eicar });
        await PressAsync(page, "Upload file");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("The virus scan found something harmful");
        await Barriers.CheckAsync(page, scripts);
        await Assertions.Expect(page.GetByLabel("I report for")).ToBeCheckedAsync();

        var cookies = await page.Context.CookiesAsync();
        await page.Context.ClearCookiesAsync(new() { NameRegex = ReplyCookie() });
        await page.GetByLabel("Upload a file").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = Files.Text("Done.") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your report" }).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Open your link again");
        await Assertions.Expect(page.GetByText("The file that you chose could not be kept")).ToBeVisibleAsync();
        await Barriers.CheckAsync(page, scripts);
        await page.Context.AddCookiesAsync([.. cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path })]);
        await PressAsync(page, "Continue");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose the file again");
        await Barriers.CheckAsync(page, scripts);
        await Assertions.Expect(page.GetByLabel("I report for")).ToBeCheckedAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The staff's side of it: the task, and the page where they decide.</summary>
    private async Task StaffAgreeAsync(Asked asked, bool scripts, int width)
    {
        var staff = await browser.NewPageAsync(scripts, width);
        await staff.GotoAsync(new Uri(service.Local.BaseAddress, "staff/tasks").ToString());
        await staff.GetByText("Megan Pryce").First.ClickAsync();
        await Assertions.Expect(staff.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tasks");
        await Barriers.CheckAsync(staff, scripts);
        await staff.Locator($"a[href*='/{asked.Organisation}/named/']").ClickAsync();
        await Assertions.Expect(staff.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("A contact was named");
        await Assertions.Expect(staff.Locator("main")).ToContainTextAsync("cleo@else.example");
        await Barriers.CheckAsync(staff, scripts);
        await PressAsync(staff, "Agree");
        await Assertions.Expect(staff.Locator(".govuk-notification-banner--success")).ToContainTextAsync("Cleo New is now a contact");
        await Barriers.CheckAsync(staff, scripts);
        await staff.Context.CloseAsync();
    }

    private async Task<(IPage Page, string Home)> EnterAsync(Asked asked, bool scripts, int width)
    {
        var page = await browser.NewPageAsync(scripts, width);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).ToString());
        await page.GetByLabel("Email address that the email was sent to").FillAsync($"ann@{asked.Organisation}.example");
        await PressAsync(page, "Continue");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/reply/for/"));
        return (page, string.Join('/', page.Url.Split('/').Take(6)));
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    [GeneratedRegex("^reply-")]
    private static partial Regex ReplyCookie();
}

/// <summary>The code's page, which only this setting shows.</summary>
public sealed class CodeBrowserTests(Browser browser) : IAsyncLifetime
{
    private readonly ReplyService service = new();

    public async ValueTask InitializeAsync()
    {
        service.Local.Settings["Replies__Entry"] = "code";
        await service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_code_is_entered_on_the_narrowest_screen(bool scripts)
    {
        var asked = await service.AskAsync();
        var page = await browser.NewPageAsync(scripts, 320);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).ToString());
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("Email address that the email was sent to").FillAsync($"ann@{asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Enter the code");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Enter the code that we sent to you");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send another code" }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("We have sent another code, unless");
        await Barriers.CheckAsync(page, scripts);
        await service.Local.SettleAsync();
        var email = service.Local.Inbox.Last(m => m.IsTo($"ann@{asked.Organisation}.example"));
        await page.GetByLabel("Code").FillAsync(Regex.Match(Inspectorate.TextOf(email), "Code: ([0-9]{6})").Groups[1].Value);
        await page.GetByLabel("Code").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Recommendation 1");
        await page.Context.CloseAsync();
    }
}
