using FollowUp.Tests.Evidence;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>A report with evidence, the calendar and the action plan in a browser, by keyboard where it counts, with axe on each.</summary>
[Collection(ReplyCollection.Name)]
public sealed class ProgressBrowserTests(ReplyService service, Browser browser)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 320)]
    [InlineData(true, 320)]
    public async Task Progress_is_reported_with_a_file_a_real_browser_made(bool scripts, int width)
    {
        using var at = await Progressing.StartAsync(service);
        var page = await browser.NewPageAsync(scripts, width);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, at.Asked.Ann).ToString());
        await page.GetByLabel("Email address that the email was sent to").FillAsync($"ann@{at.Asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/reply/for/"));
        var home = string.Join('/', page.Url.Split('/').Take(6));
        await page.GotoAsync(at.Asked.Question(home) + "/progress");
        await Barriers.CheckAsync(page, scripts);

        await page.GetByLabel("What has been done since the last report?").FillAsync("Two of four are there.");
        await page.GetByLabel("Upload a file").SetInputFilesAsync(new FilePayload { Name = "plan.docm", MimeType = "application/octet-stream", Buffer = Files.Office(Files.Word) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload file" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The file may contain macros");
        await Barriers.CheckAsync(page, scripts);

        var printer = await browser.NewPageAsync();
        await printer.GotoAsync(service.Local.BaseAddress.ToString());
        var (pdf, jpeg) = (await printer.PdfAsync(), await printer.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg }));
        foreach (var (name, content) in new[] { ("A “real” report.pdf".Replace('“', '(').Replace('”', ')'), pdf), ("photo.jpg", jpeg), ("screen.png", await printer.ScreenshotAsync()) })
        {
            await page.GetByLabel("Upload a file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload file" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Download " + name })).ToBeVisibleAsync();
        }

        await Barriers.CheckAsync(page, scripts);
        Assert.Equal("Two of four are there.", await page.GetByLabel("What has been done since the last report?").InputValueAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download photo.jpg" }).ClickAsync());
        Assert.Equal("photo.jpg", download.SuggestedFilename);

        await page.GetByRole(AriaRole.Radio, new() { Name = "Under way" }).CheckAsync();
        await page.GetByLabel("Year").FillAsync("2019");
        await page.GetByLabel("I report for").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your report" }).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter why the date of action 1 has changed");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByLabel("If this is a new date, why has it changed?").FillAsync("Nobody suitable applied.");
        await page.GetByLabel("I report for").CheckAsync();
        // Return sends the report; it presses neither "upload" nor "remove"
        await page.GetByLabel("Your job title").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Report received");
        await Barriers.CheckAsync(page, scripts);
        Assert.Equal(3, (await service.ReadAsync(at.Asked))["updates"]![0]!["evidence"]!.AsArray().Count);

        await page.GotoAsync(home + "/calendar");
        await Barriers.CheckAsync(page, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        await Barriers.CheckAsync(page, scripts);
        await page.GotoAsync($"{home}/{at.Asked.Inspection}/action-plan");
        await Barriers.CheckAsync(page, scripts);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Back" })).ToBeHiddenAsync();
        await printer.Context.CloseAsync();
        await page.Context.CloseAsync();
    }
}
