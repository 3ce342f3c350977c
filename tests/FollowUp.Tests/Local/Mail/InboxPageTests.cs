using System.Text;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local.Mail;

public sealed class InboxPageTests(LocalService local, Browser browser) : IClassFixture<LocalService>
{
    [Fact]
    public async Task A_person_reads_the_html_beside_the_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send") { Content = new StringContent(MailTests.Email, Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer SG.local");
        using var sent = await local.ConsoleClient().SendAsync(request, TestContext.Current.CancellationToken);

        var page = await browser.NewPageAsync(javaScript: false);
        await page.GotoAsync(new Uri(local.Console, "/inbox").AbsoluteUri);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Three recommendations for you" }).ClickAsync();

        Assert.Equal("Dear Rosalind", await page.FrameLocator("iframe").Locator("h1").TextContentAsync());
        Assert.Equal("Dear Rosalind", await page.Locator("pre").TextContentAsync());
    }
}
