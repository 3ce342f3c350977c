using System.Net;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Replies;

/// <summary>The action plan for paper.</summary>
[Collection(ReplyCollection.Name)]
public sealed class PlanTests(ReplyService service)
{
    [Fact]
    public async Task An_organisation_prints_what_it_has_promised_and_staff_print_all_of_it()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var question = await ann.OpenAsync(asked.Question(home));
        await ann.SendAsync(await ann.SendAsync(question, "continue", Typed.Agreed("Recruit <b>four</b> officers")), null, Typed.Declaration);

        var plan = await ann.OpenAsync($"{home}/{asked.Inspection}/action-plan");
        Assert.Equal("Action plan", plan.Heading);
        Assert.Equal(["Number", "Recommendation", "Agreed, partly agreed or not agreed", "Response: action taken or planned", "Responsible owner", "Target date"], plan.Document.QuerySelectorAll("thead th").Select(h => h.TextContent));
        Assert.Equal([["1", "The organisation should do thing 1 <b>well</b>.", "Agreed", "Recruit <b>four</b> officers", "Head of operations", "31 March 2018"], ["2", "The organisation should do thing 2 <b>well</b>.", "Not answered yet", "", "", ""]], Rows(plan));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.OpenAsync($"{home}/nowhere-2017-08/action-plan")).Status);
        using var stranger = service.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"{home}/{asked.Inspection}/action-plan")).Status);

        using var staff = await service.Local.ApiAsync("viewer");
        var page = await staff.GetStringAsync(new Uri($"staff/inspections/{asked.Inspection}/action-plan", UriKind.Relative), TestContext.Current.CancellationToken);
        var printed = new Seen(HttpStatusCode.OK, "", page);
        Assert.Equal(Rows(plan), Rows(printed));
        Assert.Contains($"Organisation {asked.Organisation}", printed.Document.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_agreed_stands_beside_the_actions()
    {
        var moved = A.Action(2, "Train them.") with { TargetOn = new(2018, 1, 31), MovedBecause = "The trainer left.", Progress = ActionProgress.UnderWay };
        var lines = ActionPlan.Lines(A.Recommendation(answer: A.Answer(Position.PartlyAgreed, A.Action(1, progress: ActionProgress.Complete), moved)));

        Assert.StartsWith("Agreed: We agree to review", lines[0].Response, StringComparison.Ordinal);
        Assert.Contains("Not agreed: The contract sets", lines[0].Response, StringComparison.Ordinal);
        Assert.Equal("Complete", lines[1].Target);
        Assert.Equal(new PlanLine("Train them.\nUnder way.", "Director of Operations", "31 January 2018\nFirst 30 November 2017. The trainer left."), lines[2]);
    }

    private static List<string[]> Rows(Seen page) => [.. page.Document.QuerySelectorAll("tbody tr").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray())];
}
