using System.Net;
using Azure.Data.Tables;
using CsCheck;
using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Tests.Builders;
using Calendar = Ical.Net.Calendar;

namespace FollowUp.Tests.Replies;

/// <summary>The calendar as other people's programs read it.</summary>
public sealed class DeadlineCalendarTests
{
    private static readonly DateOnly Today = new(2017, 9, 20);

    [Fact]
    public void Each_open_deadline_is_one_event_of_a_day_with_a_stable_id()
    {
        var answered = Found(2) with { State = Found(2).State with { Ask = A.Ask() with { ClosedOn = Today } } };
        var calendar = Read([Found(1), answered, Found(3, A.Ask(AskKind.Progress, new(2017, 11, 30)))]);

        Assert.Equal(["gloucestershire-2017-08.1@followup.example", "gloucestershire-2017-08.3@followup.example"], calendar.Events.Select(e => e.Uid));
        var first = calendar.Events[0]!;
        Assert.Equal("Answer due: recommendation 1, Gloucestershire", first.Summary);
        Assert.Equal((new DateOnly(2017, 9, 28), new DateOnly(2017, 9, 29), false), (first.DtStart!.Date, first.DtEnd!.Date, first.DtStart.HasTime));
        Assert.Equal((1, "PRIVATE", "TRANSPARENT"), (first.Sequence, first.Class!, first.Transparency!));
        Assert.Equal("Progress report due: recommendation 3, Gloucestershire", calendar.Events[1]!.Summary);
        Assert.DoesNotContain("caseloads", first.Description!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_deadline_is_the_same_event_with_a_higher_number()
    {
        var moved = A.Ask() with { DueOn = new(2017, 10, 12), Version = 2 };
        var entry = Assert.Single(Read([Found(1, moved)]).Events);

        Assert.Equal(("gloucestershire-2017-08.1@followup.example", 2, new DateOnly(2017, 10, 12)), (entry.Uid, entry.Sequence, entry.DtStart!.Date));
        Assert.Contains("It was 28 September 2017 at first.", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_deadlines_are_the_same_bytes() =>
        Assert.Equal(Write([Found(1), Found(3)]), Write([Found(3), Found(1)]));

    [Fact]
    public void Whatever_the_words_are_there_is_one_event_each_and_no_line_is_ours_alone()
    {
        string[] tricks =
        [
            "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Mine", "a\nATTENDEE:mailto:x@evil.example", "x\r\n\r\nBEGIN:VALARM", "semi;colon,comma\\n\\N\\\\", "\u2028END:VCALENDAR\u2029",
            "\0\u0001\u001F", "\u202Egnp", "ü漢字😀", ":;,=\"'", new string('x', 5000), "\\", "\r", " ", "^n^^",
        ];
        Gen.Select(Gen.OneOf(Gen.Int[0, tricks.Length - 1].Select(i => tricks[i]), Gen.String[0, 300]), Gen.OneOf(Gen.Int[0, tricks.Length - 1].Select(i => tricks[i]), Gen.String[0, 300]), Gen.Int[1, 4]).Sample(
            (title, area, count) =>
            {
                var found = Enumerable.Range(1, count).Select(n => Found(n) with { Inspection = A.Inspection(area: area, title: title) }).ToList();
                var bytes = DeadlineCalendar.Write(title, area, "followup.example", found, Today);
                var text = System.Text.Encoding.UTF8.GetString(bytes);
                var calendar = Calendar.Load(text)!;
                Assert.Equal(count, calendar.Events.Count);
                Assert.Equal(count, calendar.Events.Select(e => e.Uid).Distinct().Count());
                Assert.All(calendar.Events, e => Assert.Equal((0, 0), (e.Alarms.Count, e.Attendees.Count)));
                Assert.Equal(count + 1, text.Split("\r\n").Count(l => l.StartsWith("BEGIN:", StringComparison.Ordinal)));
                Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\r' or '\n'));
                Assert.All(text.Split("\r\n"), l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 75, l));
                Assert.True(bytes.Length < 4000 * (count + 1));
            },
            iter: 5_000);
    }

    private static FoundRecommendation Found(int number, Ask? ask = null) => new(A.Recommendation($"gloucestershire-2017-08/{number}", ask: ask), A.Inspection());

    private static byte[] Write(IEnumerable<FoundRecommendation> found) => DeadlineCalendar.Write("Somewhere CRC", "HM Inspectorate of Probation", "followup.example", found, Today);

    private static Calendar Read(IEnumerable<FoundRecommendation> found) => Calendar.Load(System.Text.Encoding.UTF8.GetString(Write(found)))!;
}

/// <summary>The calendar of a link: made by a button, read by its own secret, ended with the link.</summary>
[Collection(ReplyCollection.Name)]
public sealed class CalendarTests(ReplyService service)
{
    [Fact]
    public async Task A_calendar_is_made_by_a_button_shown_once_renewed_and_stopped()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        Assert.Contains($"{home}/calendar", (await ann.OpenAsync(home)).Html, StringComparison.Ordinal);
        var rows = await service.RowsAsync();
        var page = await ann.OpenAsync(home + "/calendar");
        Assert.Null(page.Document.QuerySelector("input[name=address]"));
        Assert.Equal(rows, await service.RowsAsync());

        var address = Address(await ann.SendAsync(page, "make"));
        Assert.Matches("/reply/calendar/[A-Za-z0-9_-]{43}\\.ics$", address);
        Assert.Null((await ann.OpenAsync(home + "/calendar")).Document.QuerySelector("input[name=address]"));
        var (status, text, tag) = await FetchAsync(address);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, Calendar.Load(text)!.Events.Count);
        Assert.DoesNotContain("Ann", text, StringComparison.Ordinal);
        Assert.DoesNotContain("should do thing", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await FetchAsync(address, tag)).Status);

        // Answering takes the event away; an extension moves it
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/extend", new { dueOn = "2017-10-31", reason = "Asked for" });
        var question = await ann.OpenAsync(asked.Question(home, 2));
        await ann.SendAsync(await ann.SendAsync(question, "continue", Typed.Agreed()), null, Typed.Declaration);
        var left = Assert.Single(Calendar.Load((await FetchAsync(address, tag)).Text)!.Events);
        Assert.Equal((new DateOnly(2017, 10, 31), 2), (left.DtStart!.Date, left.Sequence));

        var renewed = Address(await ann.SendAsync(await ann.OpenAsync(home + "/calendar"), "make"));
        Assert.NotEqual(address, renewed);
        var unknown = await UnknownAsync();
        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync(address)));
        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(renewed)).Status);
        await ann.SendAsync(await ann.OpenAsync(home + "/calendar"), "stop");
        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync(renewed)));
    }

    [Fact]
    public async Task The_calendars_secret_and_the_links_open_nothing_of_each_other_and_end_together()
    {
        var asked = await service.AskAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var address = Address(await ann.SendAsync(await ann.OpenAsync(home + "/calendar"), "make"));
        var secret = address.Split('/')[^1][..^4];
        var unknown = await UnknownAsync();

        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync($"/reply/{secret}")));
        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync($"/reply/calendar/{asked.Ann.Split('/')[^1]}.ics")));
        foreach (var bad in new[] { "x", secret[..^1], secret + "A", secret.ToUpperInvariant(), "..%2F" + secret })
            Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync($"/reply/calendar/{bad}.ics")));
        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync($"/reply/calendar/{secret}")));
        Assert.DoesNotContain(await service.RowsAsync(), row => row.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, service.Local.Log, StringComparison.Ordinal);

        var linkId = home.Split('/')[^1];
        await service.SendAsync(HttpMethod.Post, $"api/organisations/{asked.Organisation}/links/{linkId}/revoke", null);
        Assert.Equal((HttpStatusCode.NotFound, unknown), Same(await FetchAsync(address)));
    }

    [Fact]
    public async Task A_calendar_whose_hint_is_gone_works_again_after_the_sweep()
    {
        var asked = await service.AskAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var address = Address(await ann.SendAsync(await ann.OpenAsync(home + "/calendar"), "make"));
        var links = new TableClient(service.Local.StorageConnectionString, "Links");
        await foreach (var hint in links.QueryAsync<TableEntity>(h => h.RowKey == "calendar", cancellationToken: TestContext.Current.CancellationToken))
        {
            if (hint.GetString("organisation") == asked.Organisation)
                await links.DeleteEntityAsync(hint, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await FetchAsync(address)).Status);
        await service.Local.FireAsync("SweepRegister");
        var (status, text, _) = await FetchAsync(address);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Single(Calendar.Load(text)!.Events);
    }

    private static string Address(Seen page) => page.Document.QuerySelector("input[name=address]")!.GetAttribute("value")!;

    private static (HttpStatusCode, string) Same((HttpStatusCode Status, string Text, string? Tag) answer) => (answer.Status, WithoutToken(answer.Text));

    private async Task<string> UnknownAsync() => WithoutToken((await FetchAsync($"/reply/{new string('A', 43)}")).Text);

    /// <summary>The page has a form, and with it what only its own browser has; where the form goes is decided by the shape of the address alone.</summary>
    private static string WithoutToken(string page) => System.Text.RegularExpressions.Regex.Replace(page, "(name=\"__RequestVerificationToken\"[^>]*value=\")[^\"]+", "$1")
        .Replace(" action=\"/reply/none\"", "", StringComparison.Ordinal);

    private async Task<(HttpStatusCode Status, string Text, string? Tag)> FetchAsync(string address, string? tag = null)
    {
        using var client = service.Local.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.IsSuccessStatusCode)
            Assert.Equal("no-cache, private", answer.Headers.CacheControl?.ToString() is { } control ? string.Join(", ", control.Split(", ").Order()) : null);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.ETag?.ToString());
    }
}
