using System.Net;
using FollowUp.Recommendations;
using FollowUp.Replies;

namespace FollowUp.Tests.Replies;

[Collection(ReplyCollection.Name)]
public sealed class EntryTests(ReplyService service)
{
    [Fact]
    public async Task Opening_a_link_a_thousand_times_changes_no_row_of_any_table()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var visitor = service.Visitor();
        await visitor.OpenAsync(asked.Ann);
        await service.Local.SettleAsync();
        var before = await service.RowsAsync();

        var client = service.Local.Anonymous();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) =>
        {
            using var request = new HttpRequestMessage(n % 4 == 0 ? HttpMethod.Head : HttpMethod.Get, asked.Ann);
            request.Headers.UserAgent.ParseAdd(n % 2 == 0 ? "Mozilla/5.0 (compatible; SafeLinks)" : "ProofpointURLDefense/2.0");
            using var answer = await client.SendAsync(request, stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });

        var after = await service.RowsAsync();
        Assert.Empty(before.Except(after).Concat(after.Except(before)));
    }

    [Fact]
    public async Task The_link_asks_for_the_address_and_shows_no_more_than_a_mask_of_it()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var visitor = service.Visitor();
        var page = await visitor.OpenAsync(asked.Ann);

        Assert.Equal("Confirm your email address", page.Heading);
        Assert.Equal("Email address that the email was sent to", page.Document.QuerySelector("label[for=Email]")!.TextContent.Trim());
        Assert.Contains("HM Inspectorate of Probation", page.Html, StringComparison.Ordinal);
        Assert.Contains("It does not prove who you are", page.Html, StringComparison.Ordinal);
        Assert.Contains($"a•••@{asked.Organisation}.example", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"ann@{asked.Organisation}.example", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("should do thing", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(asked.Ann["/reply/".Length..], page.Html, StringComparison.Ordinal);

        var inside = await visitor.StartAsync(asked.Ann);
        // Opened again, it leads nowhere by itself and asks nothing any more
        var back = await visitor.OpenAsync(asked.Ann);
        Assert.Equal((HttpStatusCode.OK, asked.Ann, "Continue"), (back.Status, back.Address, back.Document.QuerySelector("main form button")!.TextContent.Trim()));
        Assert.Equal(inside, (await visitor.SendAsync(back)).Address);
    }

    [Fact]
    public async Task Unknown_malformed_and_revoked_links_are_the_same_page()
    {
        var asked = await service.AskAsync();
        using var bob = service.Visitor();
        var bobsHome = await bob.StartAsync(asked.Bob);
        await service.SendAsync(HttpMethod.Post, $"api/organisations/{asked.Organisation}/links/{bobsHome.Split('/')[^1]}/revoke", null);

        using var stranger = service.Visitor();
        var flipped = asked.Ann[..^1] + (asked.Ann[^1] == 'A' ? 'B' : 'A');
        string[] addresses =
        [
            "/reply/" + LinkToken.Mint().Text, flipped, asked.Bob, "/reply/x", "/reply", "/reply/for", "/reply/a/b/c", asked.Ann + "x",
            bobsHome, bobsHome + $"/{asked.Inspection}/1", "/reply/for/none", "/reply/for/none/none/none/receipt",
        ];
        var pages = new List<Seen>();
        foreach (var address in addresses)
            pages.Add(await stranger.OpenAsync(address));
        pages.Add(await bob.OpenAsync(bobsHome));
        pages.Add(await bob.OpenAsync($"{bobsHome}/{asked.Inspection}/1"));

        Assert.All(pages, page => Assert.Equal(HttpStatusCode.NotFound, page.Status));
        // The form goes to the page's own address where a token stands in it, and to one for all elsewhere
        foreach (var alike in pages.GroupBy(p => p.Address.Count(c => c == '/') == 2))
        {
            var page = new Seen(HttpStatusCode.NotFound, "", Assert.Single(alike.Select(p => p.WithoutNonce).Distinct()));
            Assert.Equal(("This link does not work", alike.Key ? null : LinkNotFound.NoLink), (page.Heading, page.Document.QuerySelector("main form")!.GetAttribute("action")));
        }

        Assert.Contains("followup.mailbox@inspectorate.example", pages[0].Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_links_cookie_opens_that_link_alone_and_several_live_side_by_side()
    {
        var (first, second) = (await service.AskAsync(), await service.AskAsync());
        using var visitor = service.Visitor();
        var firstHome = await visitor.StartAsync(first.Ann);
        var secondHome = await visitor.StartAsync(second.Ann);
        using var other = service.Visitor();
        var bobsHome = await other.StartAsync(first.Bob);

        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(firstHome)).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(secondHome)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(bobsHome)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(first.Question(secondHome))).Status);

        // The value of one link's cookie under the name of another's
        var ids = (First: firstHome.Split('/')[^1], Bob: bobsHome.Split('/')[^1]);
        var stolen = visitor.Cookies.GetCookies(service.Local.BaseAddress)["reply-" + ids.First]!.Value;
        visitor.Cookies.Add(new Cookie("reply-" + ids.Bob, stolen, "/", service.Local.BaseAddress.Host));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(bobsHome)).Status);
    }

    [Fact]
    public async Task The_token_stands_in_no_log_and_forms_of_other_sites_are_refused()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var entry = await visitor.OpenAsync(asked.Ann);
        var forged = await visitor.SendAsync(entry, null, ("__RequestVerificationToken", null));

        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.DoesNotContain(asked.Ann["/reply/".Length..], service.Local.Log, StringComparison.Ordinal);
    }
}
