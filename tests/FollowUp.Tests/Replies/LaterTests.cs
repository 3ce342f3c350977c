using System.Net;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>What comes after the deadline; the clock is moved, so the service is one of its own.</summary>
public sealed class LaterTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task A_late_answer_is_taken_and_marked_and_those_above_may_only_read()
    {
        var asked = await service.AskAsync();
        await service.Local.MoveClockAsync(new(2017, 10, 12), new(9, 30));

        using var above = service.Visitor();
        var upwards = await above.OpenAsync(service.LinkTo(asked.OwnerEmail));
        Assert.Contains("This link lets you read", upwards.Html, StringComparison.Ordinal);
        var home = await above.StartAsync(upwards.Address);
        var page = await above.OpenAsync(asked.Question(home));
        Assert.Null(page.Document.QuerySelector("form#answer"));
        Assert.Contains("This link lets you read", page.Html, StringComparison.Ordinal);

        using var ann = service.Visitor();
        var form = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        Assert.Contains("10 working days overdue", form.Html, StringComparison.Ordinal);
        Assert.Contains("your answer will be marked as late", form.Html, StringComparison.Ordinal);

        // With the fields of somebody who may answer, and a sound antiforgery token
        var token = upwards.Fields["__RequestVerificationToken"];
        var forged = await above.SendAsync(page with { Html = form.Html }, "continue", [.. Typed.Agreed("Forged"), ("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.OK, forged.Status);
        Assert.DoesNotContain("Forged", (await ann.OpenAsync(form.Address)).Html, StringComparison.Ordinal);

        var receipt = await ann.SendAsync(await ann.SendAsync(form, "continue", Typed.Agreed()), null, Typed.Declaration);
        Assert.Equal("Late", receipt.Document.QuerySelector(".govuk-tag")!.TextContent.Trim());
        Assert.True((bool)(await service.ReadAsync(asked))["answer"]!["late"]!);
        Assert.Equal(HttpStatusCode.OK, (await above.OpenAsync(asked.Question(home) + "/receipt")).Status);
    }
}

/// <summary>The entry that asks for the address.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private readonly ReplyService _service = new();

    public async ValueTask InitializeAsync()
    {
        _service.Local.Settings["Replies__Entry"] = "address";
        await _service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Nothing_is_shown_before_the_address_is_given_and_tries_are_counted()
    {
        var asked = await _service.AskAsync();
        using var visitor = _service.Visitor();
        var entry = await visitor.OpenAsync(asked.Ann);
        Assert.Equal("Confirm your email address", entry.Heading);
        Assert.DoesNotContain("should do thing", entry.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Organisation org-", entry.Html, StringComparison.Ordinal);

        var wrong = await visitor.SendAsync(entry, null, ("Email", "somebody@else.example"));
        Assert.StartsWith("This is not the address", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal("somebody@else.example", wrong.Fields["Email"]);
        var right = await visitor.SendAsync(wrong, null, ("Email", $" ANN@{asked.Organisation}.example "));
        Assert.Equal("Recommendation 1", right.Heading);

        for (var tries = 2; tries < 50; tries++)
            await visitor.SendAsync(entry, null, ("Email", "somebody@else.example"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.SendAsync(entry, null, ("Email", $"ann@{asked.Organisation}.example"))).Status);
        using var bob = _service.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await bob.SendAsync(await bob.OpenAsync(asked.Bob), null, ("Email", $"bob@{asked.Organisation}.example"))).Status);
    }
}
