using System.Net;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>What comes after the deadline; the clock is moved, so the service is one of its own.</summary>
public sealed class LaterTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task A_late_answer_is_taken_and_marked_and_those_above_may_only_read()
    {
        var asked = await service.AskAsync(recommendations: 2);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/2/pause", new { until = "2017-10-20", reason = "The office is being moved." });
        await service.Local.SkipToAsync(new(2017, 10, 12), new(9, 30));

        using var above = service.Visitor();
        var home = await above.StartAsync(service.LinkTo(asked.OwnerEmail));
        Assert.Contains("This link lets you read", (await above.OpenAsync(home)).Html, StringComparison.Ordinal);
        var page = await above.OpenAsync(asked.Question(home));
        Assert.Null(page.Document.QuerySelector("form#answer"));
        Assert.Contains("This link lets you read", page.Html, StringComparison.Ordinal);

        using var ann = service.Visitor();
        var form = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        Assert.Contains("10 working days overdue", form.Html, StringComparison.Ordinal);
        Assert.Contains("your answer will be marked as late", form.Html, StringComparison.Ordinal);

        string Status(Seen list) => list.Document.QuerySelector(".govuk-task-list__item")!.TextContent;
        Assert.Contains("Overdue", Status(await ann.OpenAsync(form.Address[..form.Address.IndexOf($"/{asked.Inspection}", StringComparison.Ordinal)])), StringComparison.Ordinal);

        // During a pause nothing is overdue
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/pause", new { until = "2017-10-20", reason = "The office has burnt down." });
        foreach (var paused in new[] { await ann.OpenAsync(form.Address), await ann.OpenAsync(form.Address[..form.Address.IndexOf($"/{asked.Inspection}", StringComparison.Ordinal)]) })
        {
            Assert.Contains("28 September 2017 (paused until 20 October 2017)", paused.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("overdue", paused.Html, StringComparison.OrdinalIgnoreCase);
        }

        // What comes during a pause is in time, as the email about it promises
        var second = await ann.OpenAsync(asked.Question(form.Address[..form.Address.IndexOf($"/{asked.Inspection}", StringComparison.Ordinal)], 2));
        second = await ann.SendAsync(await ann.SendAsync(second, "continue", Typed.Agreed()), null, Typed.Declaration);
        Assert.Equal("In time", second.Document.QuerySelector(".govuk-tag")!.TextContent.Trim());
        Assert.False((bool)(await service.ReadAsync(asked, number: 2))["answer"]!["late"]!);

        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/resume", null);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/extend", new { dueOn = "2017-10-13", reason = "A day more." });
        await service.Local.SkipToAsync(new(2017, 10, 16), new(9, 30));
        form = await ann.OpenAsync(form.Address);

        // With the fields of somebody who may answer, and a sound antiforgery token
        var token = (await above.OpenAsync(asked.Question(home) + "/more-time")).Fields["__RequestVerificationToken"];
        var forged = await above.SendAsync(page with { Html = form.Html }, "continue", [.. Typed.Agreed("Forged"), ("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.OK, forged.Status);
        Assert.DoesNotContain("Forged", (await ann.OpenAsync(form.Address)).Html, StringComparison.Ordinal);

        var receipt = await ann.SendAsync(await ann.SendAsync(form, "continue", Typed.Agreed()), null, Typed.Declaration);
        Assert.Equal("Late", receipt.Document.QuerySelector(".govuk-tag")!.TextContent.Trim());
        Assert.True((bool)(await service.ReadAsync(asked))["answer"]!["late"]!);
        Assert.Equal(HttpStatusCode.OK, (await above.OpenAsync(asked.Question(home) + "/receipt")).Status);
    }
}
