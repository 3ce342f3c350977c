namespace FollowUp.Tests.Replies;

/// <summary>Somebody goes from a form to another page and comes back.</summary>
[Collection(ReplyCollection.Name)]
public sealed class LeavingTests(ReplyService service)
{
    [Theory]
    [InlineData("go:time", "Ask for more time")]
    [InlineData("go:colleague", "Name a colleague")]
    [InlineData("go:back", "Your recommendations")]
    public async Task Whoever_goes_elsewhere_from_the_form_finds_what_they_typed_when_they_come_back(string button, string heading)
    {
        var (asked, ann, question) = await StartAsync();
        using var _ = ann;
        Assert.Single(question.Document.QuerySelectorAll($"button[value='{button}'][form=answer]"));
        // Who has typed nothing leaves no draft
        var elsewhere = await ann.SendAsync(question, button);
        Assert.Equal(heading, elsewhere.Heading);
        Assert.Equal("Not started", (await ann.OpenAsync(string.Join('/', question.Address.Split('/').Take(4)))).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());

        elsewhere = await ann.SendAsync(question, button, Typed.Agreed("Typed before going"));
        Assert.Equal(heading, elsewhere.Heading);
        Assert.Equal("Typed before going", (await ann.OpenAsync(question.Address)).Fields["actions[0].step"]);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task Going_back_from_checking_and_from_a_report_keeps_what_was_typed_too()
    {
        var (_, ann, question) = await StartAsync();
        using var _2 = ann;
        var check = await ann.SendAsync(question, "continue", Typed.Agreed());
        Assert.Equal(question.Address, (await ann.SendAsync(check, "go:back", ("name", "Ann First"), ("role", "Head of Service"))).Address);
        Assert.Equal("Ann First", (await ann.OpenAsync(check.Address)).Fields["name"]);

        using var at = await Progressing.StartAsync(service);
        Assert.Equal(at.Question, (await at.Ann.SendWithFileAsync(at.Page, "go:back")).Address);
        Assert.Null((await at.Ann.OpenAsync(at.Page.Address)).Fields.GetValueOrDefault("seen") is { Length: > 0 } seen ? seen : null);
        Assert.Equal(at.Question + "/more-time", (await at.Ann.SendWithFileAsync(at.Page, "go:time", null, ("text", "Half a report"))).Address);
        Assert.Equal("Half a report", (await at.Ann.OpenAsync(at.Page.Address)).Fields["text"]);
    }

    private async Task<(Asked, Visitor, Seen Question)> StartAsync()
    {
        var asked = await service.AskAsync();
        var visitor = service.Visitor();
        return (asked, visitor, await visitor.OpenAsync(asked.Question(await visitor.StartAsync(asked.Ann))));
    }
}
