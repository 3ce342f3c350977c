using System.Net;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>
/// The corpus in every field that a provider can type into. A usual run tries every payload in the answer and in one of the
/// other forms; with <c>INJECTION=all</c> every payload goes into every form.
/// </summary>
public sealed class InjectionTests(ReplyService service, Browser browser) : IClassFixture<ReplyService>
{
    private static readonly bool Everywhere = Environment.GetEnvironmentVariable("INJECTION") == "all";

    [Fact]
    public void The_corpus_has_500_payloads_or_more() => Assert.True(InjectionCorpus.All.Count >= 500, InjectionCorpus.All.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Whatever_is_typed_the_page_that_shows_it_again_stays_the_same_page()
    {
        var asked = await service.AskAsync(recommendations: 3);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/3/close", new { reason = "superseded" });
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var question = asked.Question(home);
        var answered = await ann.SendAsync(await ann.OpenAsync(asked.Question(home, 2)), "continue", Typed.Agreed());
        (string Address, string? Button, string[] Fields)[] forms =
        [
            (question, "continue", ["agreedPart", "whyPartly", "whyNot", "actions[0].step", "actions[0].who", "actions[0].targetOn.Day", "seen"]),
            (answered.Address, null, ["name", "role", "seen", "formId"]),
            (question + "/more-time", null, ["Reason", "Name", "Role", "DueOn.Day", "DueOn.Month", "formId"]),
            (asked.Question(home, 3) + "/note", null, ["Name", "Text", "formId"]),
            (home + "/colleague", null, ["Name", "Email", "Change", "Role", "formId"]),
            ("/reply/none", null, ["newLinkFor"]),
        ];
        var faults = new List<string>();
        var tried = 0;
        for (var f = 0; f < forms.Length; f++)
        {
            var (address, button, fields) = forms[f];
            var form = await ann.OpenAsync(address);
            // Something that no form takes whole, so that the page comes again
            var usual = form = await SendAsync(ann, form, button, fields, "usual");
            for (var p = 0; p < InjectionCorpus.All.Count; p++)
            {
                if (f > 0 && !Everywhere && p % (forms.Length - 1) != f - 1)
                    continue;
                var payload = InjectionCorpus.All[p];
                tried++;
                var page = await SendAsync(ann, form, button, fields, payload);
                // A form with a NUL in it is no form, and white space is nothing
                var refused = payload.Contains('\0', StringComparison.Ordinal) && page.Status == HttpStatusCode.BadRequest;
                if (!refused && page.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
                    faults.Add($"{fields[0]}: {page.Status} for {payload}");
                else if (Harmless.Faults(page.Html) is { Count: > 0 } found)
                    faults.Add($"{fields[0]}: {string.Join(", ", found)} for {payload}");
                else if (!refused && !string.IsNullOrWhiteSpace(payload) && Harmless.Skeleton(page.Html) != Harmless.Skeleton(usual.Html))
                    faults.Add($"{fields[0]}: another page for {payload}");
                // The newest draft is the one that the next form has seen, so that no copies pile up
                form = button is not null && page.Status == HttpStatusCode.OK ? page : form;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{InjectionCorpus.All.Count} payloads, {tried} forms sent");
        Assert.True(faults.Count == 0, $"{faults.Count}: {string.Join(Environment.NewLine, faults.Take(20))}");
    }

    [Fact]
    public async Task Whatever_is_stored_is_mere_text_on_every_page_in_both_parts_of_every_email_and_in_a_real_browser()
    {
        const int Slots = 42;
        var payloads = InjectionCorpus.Storable;
        var answers = (int)Math.Ceiling(payloads.Count / (double)Slots);
        var asked = await service.AskAsync(recommendations: answers);
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        for (var n = 1; n <= answers; n++)
            await AnswerAsync(ann, asked.Question(home, n), [.. payloads.Skip((n - 1) * Slots).Take(Slots)], n);
        await service.Local.SettleAsync();

        using var staff = await StaffBrowser.SignInAsync(service.Local, "viewer");
        var page = await browser.NewPageAsync();
        var ran = new List<string>();
        await page.ExposeFunctionAsync(InjectionCorpus.Canary, () => ran.Add("a script ran"));
        page.Console += (_, message) => ran.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) || message.Text.Contains("Content-Security-Policy", StringComparison.Ordinal) ? [message.Text] : []);
        page.Dialog += (_, dialog) => ran.Add(dialog.Message);
        page.Request += (_, request) => ran.AddRange(request.Url.StartsWith(service.Local.BaseAddress.AbsoluteUri, StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).AbsoluteUri);
        await page.GetByLabel("Email address").FillAsync($"ann@{asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        var seen = "";
        for (var n = 1; n <= answers; n++)
        {
            foreach (var address in new[] { asked.Question(home, n), asked.Question(home, n) + "/receipt" })
            {
                var html = (await ann.OpenAsync(address)).Html;
                Assert.Empty(Harmless.Faults(html));
                seen += html;
                await page.GotoAsync(new Uri(service.Local.BaseAddress, address).AbsoluteUri);
            }

            Assert.Empty(Harmless.Faults((await staff.GetAsync($"/staff/recommendations/{asked.Inspection}/{n}")).Html));
        }

        Assert.Empty(ran);
        await page.Context.CloseAsync();
        Assert.All(Enumerable.Range(0, payloads.Count), i => Assert.Contains($"p{i}q", seen, StringComparison.Ordinal));
        var emails = service.Local.Inbox.Where(m => m.Payload.ToString().Contains(asked.Organisation, StringComparison.Ordinal)).ToList();
        Assert.True(emails.Count > answers * 2);
        Assert.All(emails, email =>
        {
            Assert.DoesNotContain(email.Payload.GetProperty("subject").GetString() ?? email.Payload.GetProperty("personalizations")[0].GetProperty("subject").GetString()!, char.IsControl);
            var (html, text) = (Inspectorate.HtmlOf(email), Inspectorate.TextOf(email));
            var parts = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
            Assert.Equal(2, parts.QuerySelectorAll("a").Length);
            Assert.Empty(parts.QuerySelectorAll("script, img, svg, iframe, form, input, object, embed, base, link, video, details, math"));
            Assert.DoesNotContain(parts.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n' || c is '\u2028' or '\u2029' or '\u202E' or '\u0085');
        });
    }

    [Fact]
    public async Task Whatever_a_report_says_is_mere_text_on_every_page_and_in_both_parts_of_its_receipts()
    {
        const int Together = 12;
        const int Longest = 75;
        var chunks = InjectionCorpus.Storable.Where(p => p.Length <= Longest).Chunk(Together).ToList();
        var asked = await service.AskAsync(recommendations: chunks.Count);
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        using var staff = await StaffBrowser.SignInAsync(service.Local, "viewer");
        for (var n = 1; n <= chunks.Count; n++)
        {
            var (all, address) = (string.Join(' ', chunks[n - 1]), asked.Question(home, n));
            await ann.SendAsync(await ann.SendAsync(await ann.OpenAsync(address), "continue", Typed.Agreed()), null, Typed.Declaration);
            await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/{n}/review", new { judgement = "acceptable" });
            var form = await ann.OpenAsync(address + "/progress");
            var lines = chunks[n - 1].Where(p => !p.Contains('\u2028', StringComparison.Ordinal) && !p.Contains('\u2029', StringComparison.Ordinal)).ToList();
            (string, string)[] typed = [("text", all), ("actions[0].progress", "UnderWay"), ("actions[0].targetOn.Year", "2019"), ("actions[0].reason", all), ("name", lines[0]), ("role", lines[^1]), ("declared", "true")];
            var report = await ann.SendWithFileAsync(form, "send", null, typed);
            Assert.True(report.Heading == "Report received", $"{n}: {string.Join("; ", report.Errors)}");
            foreach (var html in new[] { report.Html, (await ann.OpenAsync(address)).Html, (await staff.GetAsync($"/staff/recommendations/{asked.Inspection}/{n}")).Html })
                Assert.Empty(Harmless.Faults(html));
            // In the text, and as the reason for the new date
            Assert.All(chunks[n - 1], payload => Assert.True(report.Html.Split(payload.Split(' ')[0] + " ").Length > 2, payload));
        }

        await service.Local.SettleAsync();
        var receipts = service.Local.Inbox.Where(m => m.IsTo($"bob@{asked.Organisation}.example") && Inspectorate.Category(m) == "receipt" && Inspectorate.TextOf(m).Contains("Under way", StringComparison.Ordinal)).ToList();
        Assert.Equal(chunks.Count, receipts.Count);
        Assert.All(receipts, email => Assert.Empty(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Inspectorate.HtmlOf(email)).QuerySelectorAll("script, img, svg, iframe, form, input, object, embed, base, link, video, details, math")));
    }

    private static async Task AnswerAsync(Visitor ann, string address, List<string> texts, int number)
    {
        var question = await ann.OpenAsync(address);
        var typed = new List<(string, string?)> { ("position", "PartlyAgreed"), ("agreedPart", texts.ElementAtOrDefault(0) ?? "x"), ("whyPartly", texts.ElementAtOrDefault(1) ?? "x") };
        for (var a = 0; a < 20; a++)
        {
            typed.AddRange(
            [
                ($"actions[{a}].step", texts.ElementAtOrDefault(2 + 2 * a) ?? "x"), ($"actions[{a}].who", texts.ElementAtOrDefault(3 + 2 * a)?[..Math.Min(100, texts[3 + 2 * a].Length)] ?? "x"),
                ($"actions[{a}].targetOn.Day", "31"), ($"actions[{a}].targetOn.Month", "3"), ($"actions[{a}].targetOn.Year", "2018"),
            ]);
        }

        var check = await ann.SendAsync(question, "continue", typed);
        Assert.True(check.Heading == "Check your answer", $"{number}: {string.Join("; ", check.Errors)}");
        Assert.Empty(Harmless.Faults(check.Html));
        var name = $"{texts[0]}x"[..Math.Min(60, texts[0].Length)];
        var receipt = await ann.SendAsync(check, null, ("name", name), ("role", name), ("declared", "true"));
        Assert.True(receipt.Heading == "Answer received", $"{number}: {string.Join("; ", receipt.Errors)}");
    }

    private static Task<Seen> SendAsync(Visitor visitor, Seen form, string? button, string[] fields, string payload) =>
        visitor.SendAsync(form, button, [.. fields.Where(f => f != "seen").Select(f => (f, (string?)payload)), ("declared", null), ("Role", fields.Contains("Role") ? payload : "")]);
}
