using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

[Collection(TheContract.Name)]
public sealed class CommandsApiTests(Inspectorate the)
{
    [Fact]
    public async Task An_extension_is_answered_with_the_new_state_and_told_to_the_main_contact()
    {
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        await the.Service.SettleAsync();

        var extended = await the.Reviewer.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "More cases to audit" });
        await the.Service.SettleAsync();

        Assert.Equal((200, "\"2\"", "2017-10-12", "2017-09-28", "2"), (extended.Status, extended.ETag, extended.Word("ask", "dueOn"), extended.Word("ask", "originalDueOn"), extended.Word("ask", "version")));
        Assert.Equal(extended.Text, (await the.Viewer.GetAsync($"api/recommendations/{id}")).Text);
        var email = Assert.Single(the.To(Inspectorate.Address(organisation, "main")), m => Inspectorate.Category(m) == "change");
        Assert.Contains("More cases to audit", Inspectorate.TextOf(email), StringComparison.Ordinal);
        Assert.Contains("12 October 2017", Inspectorate.TextOf(email), StringComparison.Ordinal);
        Assert.DoesNotContain(the.To(Inspectorate.Address(organisation, "director")), m => Inspectorate.Category(m) == "change");
        Assert.Equal("1", (await the.Viewer.GetAsync($"api/recommendations/{the.Stranger}")).Word("version"));
    }

    [Fact]
    public async Task A_pause_and_its_end_move_the_deadline_by_the_days_that_it_lasted()
    {
        var (_, id) = await the.RecommendationAsync();

        var paused = await the.Registrar.PostAsync($"api/recommendations/{id}/pause", new { until = "2017-09-14", reason = "A death in service" });
        Assert.Equal((200, "2017-09-14"), (paused.Status, paused.Word("ask", "pausedUntil")));
        var again = await the.Registrar.PostAsync($"api/recommendations/{id}/pause", new { until = "2017-09-15", reason = "Again" });
        Assert.Equal((422, true), (again.Status, again.IsProblem));

        var resumed = await the.Registrar.PostAsync($"api/recommendations/{id}/resume");
        Assert.Equal((200, null, "2017-09-28"), (resumed.Status, resumed.At("ask", "pausedUntil"), resumed.Word("ask", "dueOn")));
        Assert.Equal(409, (await the.Registrar.PostAsync($"api/recommendations/{id}/resume")).Status);
    }

    [Fact]
    public async Task The_second_of_two_who_decide_at_once_gets_412_with_the_current_state()
    {
        var (_, id) = await the.RecommendationAsync();
        var seen = (await the.Viewer.GetAsync($"api/recommendations/{id}")).ETag!;

        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "Faster" }, ("If-Match", seen))).Status);
        var before = await the.EverythingAsync();
        var slower = await the.Reviewer.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-20", reason = "Slower" }, ("If-Match", seen));

        Assert.Equal((412, true, "2017-10-12", "2"), (slower.Status, slower.IsProblem, slower.Word("current", "ask", "dueOn"), slower.Word("current", "version")));
        Assert.Equal(before, await the.EverythingAsync());
        Assert.Equal(412, (await the.Reviewer.PostAsync($"api/recommendations/{id}/close", new { reason = "withdrawn" }, ("If-Match", "\"nonsense\""))).Status);
        Assert.Equal(200, (await the.Reviewer.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-20", reason = "Any" }, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Chasing_does_not_raise_the_version_that_people_see()
    {
        var (_, id) = await the.RecommendationAsync();
        var seen = (await the.Viewer.GetAsync($"api/recommendations/{id}")).ETag!;
        await the.Administrator.PostAsync("api/chase");
        await the.Service.SettleAsync();

        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "Because" }, ("If-Match", seen))).Status);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_carries_a_command_out_once()
    {
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        await the.Service.SettleAsync();
        var key = ("Idempotency-Key", Inspectorate.Fresh("key"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "Because" }, key)));
        await the.Service.SettleAsync();

        Assert.Equal([(200, "2")], answers.Select(a => (a.Status, a.Word("version"))).Distinct());
        Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items, e => (string?)e["type"] == "extended");
        Assert.Single(the.To(Inspectorate.Address(organisation, "main")), m => Inspectorate.Category(m) == "change");

        var elsewhere = await the.RecommendationAsync();
        Assert.Equal("2", (await the.Registrar.PostAsync($"api/recommendations/{elsewhere.Recommendation}/extend", new { dueOn = "2017-10-12", reason = "Because" }, key)).Word("version"));
    }

    [Fact]
    public async Task An_answer_is_reviewed_progress_verified_and_the_recommendation_closed_and_reopened()
    {
        var (organisation, id) = await the.RecommendationAsync();
        Assert.Equal(409, (await the.Reviewer.PostAsync($"api/recommendations/{id}/review", new { judgement = "acceptable" })).Status);
        await the.AnswerAsync(organisation, id);
        Assert.Equal("responded", (await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("status"));

        var returned = await the.Reviewer.PostAsync($"api/recommendations/{id}/review", new { judgement = "unacceptable", note = "No date for the second part.", dueOn = "2017-10-20" });
        Assert.Equal((200, "awaitingResponse", "2017-10-20", "unacceptable"), (returned.Status, returned.Word("status"), returned.Word("ask", "dueOn"), returned.Word("review", "judgement")));

        await the.AnswerAsync(organisation, id);
        var accepted = await the.Reviewer.PostAsync($"api/recommendations/{id}/review", new { judgement = "acceptableAlternative", note = (string?)null });
        Assert.Equal((200, "inProgress", "progress", "2017-10-30"), (accepted.Status, accepted.Word("status"), accepted.Word("ask", "kind"), accepted.Word("ask", "dueOn")));

        await the.ReportAsync(organisation, id, complete: false);
        var verified = await the.Reviewer.PostAsync($"api/recommendations/{id}/verify", new { progress = "reasonable", note = "Go on." });
        Assert.Equal((200, "inProgress", "reasonable"), (verified.Status, verified.Word("status"), verified.Word("updates", 0, "judgement")));

        await the.ReportAsync(organisation, id, complete: true);
        Assert.Equal("reportedComplete", (await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("status"));
        Assert.Equal(200, (await the.Reviewer.PostAsync($"api/recommendations/{id}/verify", new { progress = "good" })).Status);

        var closed = await the.Reviewer.PostAsync($"api/recommendations/{id}/close", new { reason = "implemented", note = "Done." });
        Assert.Equal((200, "closed", "implemented", "false"), (closed.Status, closed.Word("status"), closed.Word("closure", "reason"), closed.Word("ask", "open")));
        Assert.Equal(409, (await the.Reviewer.PostAsync($"api/recommendations/{id}/close", new { reason = "withdrawn" })).Status);

        var reopened = await the.Reviewer.PostAsync($"api/recommendations/{id}/reopen", new { reason = "It fell back.", dueOn = "2017-11-30" });
        Assert.Equal((200, "2017-11-30"), (reopened.Status, reopened.Word("ask", "dueOn")));
        await the.Service.SettleAsync();
        Assert.Equal(6, the.To(Inspectorate.Address(organisation, "main")).Count(m => Inspectorate.Category(m) == "decision"));
    }

    [Theory]
    [InlineData("extend", """{"dueOn":"2017-10-12","reason":"Because"}""")]
    [InlineData("pause", """{"until":"2017-10-12","reason":"Because"}""")]
    [InlineData("resume", "{}")]
    [InlineData("review", """{"judgement":"acceptable"}""")]
    [InlineData("verify", """{"progress":"good"}""")]
    [InlineData("close", """{"reason":"withdrawn"}""")]
    [InlineData("reopen", """{"reason":"Because","dueOn":"2017-10-12"}""")]
    [InlineData("hold-upward", """{"until":"2017-10-12","reason":"Because"}""")]
    [InlineData("release-upward", "{}")]
    [InlineData("reassign", """{"organisationId":"nobody","reason":"Because"}""")]
    public async Task A_command_about_nothing_is_a_404_problem(string command, string body)
    {
        foreach (var id in new[] { "nowhere-2017-08/1", "nowhere-2017-08/x", await the.DraftAsync(await the.OrganisationAsync()) + "/1" })
        {
            var answer = await the.Administrator.PostAsync($"api/recommendations/{id}/{command}", body);
            Assert.Equal((404, true), (answer.Status, answer.IsProblem));
        }
    }
}
