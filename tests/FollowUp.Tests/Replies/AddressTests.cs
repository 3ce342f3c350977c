using System.Net;

namespace FollowUp.Tests.Replies;

/// <summary>The entry that asks for the address, which is what it does unless it is told otherwise.</summary>
public sealed class AddressTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task Nothing_is_shown_before_the_address_is_given_and_50_tries_count_for_5_minutes()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var entry = await visitor.OpenAsync(asked.Ann);
        Assert.Equal("Confirm your email address", entry.Heading);
        Assert.DoesNotContain("should do thing", entry.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Organisation org-", entry.Html, StringComparison.Ordinal);

        var wrong = await visitor.SendAsync(entry, null, ("Email", "somebody@else.example"));
        Assert.StartsWith("This is not the address", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal("somebody@else.example", wrong.Fields["Email"]);
        Assert.Equal(["Enter the email address that the email was sent to"], (await visitor.SendAsync(entry, null, ("Email", " "))).Errors);
        var right = await visitor.SendAsync(wrong, null, ("Email", $" ANN@{asked.Organisation}.example "));
        Assert.Equal("Recommendation 1", right.Heading);

        // Who is in is asked no more, so somebody else tries
        using var stranger = service.Visitor();
        entry = await stranger.OpenAsync(asked.Ann);
        for (var tries = 2; tries < 50; tries++)
            await stranger.SendAsync(entry, null, ("Email", "somebody@else.example"));
        (string, string?) annsAddress = ("Email", $"ann@{asked.Organisation}.example");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SendAsync(entry, null, annsAddress)).Status);
        using var bob = service.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await bob.SendAsync(await bob.OpenAsync(asked.Bob), null, ("Email", $"bob@{asked.Organisation}.example"))).Status);

        var now = service.Local.Now;
        await service.Local.MoveClockAsync(DateOnly.FromDateTime(now.DateTime), TimeOnly.FromDateTime(now.DateTime).AddMinutes(4));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SendAsync(entry, null, annsAddress)).Status);
        await service.Local.MoveClockAsync(DateOnly.FromDateTime(now.DateTime), TimeOnly.FromDateTime(now.DateTime).AddMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await stranger.SendAsync(entry, null, annsAddress)).Status);
    }
}

/// <summary>The entry that asks for nothing.</summary>
public sealed class OpenEntryTests : IAsyncLifetime
{
    private readonly ReplyService service = new();

    public async ValueTask InitializeAsync()
    {
        service.Local.Settings["Replies__Entry"] = "off";
        await service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_link_shows_what_is_asked_and_no_whole_address()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var visitor = service.Visitor();
        var page = await visitor.OpenAsync(asked.Ann);

        Assert.Equal("Answer inspection recommendations", page.Heading);
        Assert.Contains("The organisation should do thing 2 <b>well</b>.", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("28 September 2017 (20 working days left)", page.Html, StringComparison.Ordinal);
        Assert.Contains($"a•••@{asked.Organisation}.example", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"ann@{asked.Organisation}.example", page.Html, StringComparison.Ordinal);
        Assert.Equal("Your recommendations", (await visitor.SendAsync(page)).Heading);
    }
}
