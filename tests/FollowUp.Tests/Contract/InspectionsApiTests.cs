using System.Text.Json.Nodes;
using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

[Collection(TheContract.Name)]
public sealed class InspectionsApiTests(Inspectorate the)
{
    [Fact]
    public async Task A_registered_inspection_is_answered_with_its_drafts()
    {
        var (one, other) = (await the.OrganisationAsync(), await the.OrganisationAsync("nps"));
        var form = the.Form(one) with { Area = $"Bath & {Inspectorate.Fresh("North")}", ReportUrl = "https://inspectorate.example/report" };
        form = form with { Recommendations = [form.Recommendations![0], new() { OrganisationIds = [one, other], Text = "Both of you should talk.", ResponseDueOn = new(2017, 9, 30) }] };

        var created = await the.Registrar.PostAsync("api/inspections", form);

        var id = created.Word("id");
        Assert.Equal((201, $"/api/inspections/{id}"), (created.Status, created.Location));
        Assert.Matches("^bath-and-north-[0-9]+-2017-08$", id);
        Assert.Equal(
            [$"{id}/1|1|{one}|draft|2017-09-28", $"{id}/2a|2a|{one}|draft|2017-09-30", $"{id}/2b|2b|{other}|draft|2017-09-30"],
            created.At("recommendations")!.AsArray().Select(r => $"{r!["id"]}|{r["number"]}|{r["organisationId"]}|{r["status"]}|{r["responseDueOn"]}"));
        Assert.Contains("Saturday", created.Word("recommendations", 1, "remark"), StringComparison.Ordinal);
        Assert.Equal((form.Title, form.Area, form.Programme, "2017-08-31", form.ReportUrl), (created.Word("title"), created.Word("area"), created.Word("programme"), created.Word("publishedOn"), created.Word("reportUrl")));
        Assert.Equal("""{"name":"Ines Lead","email":"ines.lead@inspectorate.example"}""", created.At("leadInspector")!.ToJsonString());

        Assert.Equal(created.Text, (await the.Viewer.GetAsync($"api/inspections/{id}")).Text);
        Assert.Contains((await the.Viewer.GetAsync("api/inspections")).Items, i => (string?)i["id"] == id);
        Assert.Equal(404, (await the.Viewer.GetAsync($"api/recommendations/{id}/1")).Status);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_gets_the_same_answer()
    {
        var form = the.Form(await the.OrganisationAsync());
        var key = ("Idempotency-Key", Inspectorate.Fresh("key") + new string('x', 300));

        var first = await the.Registrar.PostAsync("api/inspections", form, key);
        var again = await the.Registrar.PostAsync("api/inspections", form, key);

        Assert.Equal((201, first.Text, first.Location), (again.Status, again.Text, again.Location));
        Assert.Equal(409, (await the.Administrator.PostAsync("api/inspections", form, key)).Status);
    }

    [Fact]
    public async Task The_same_title_and_day_again_is_a_conflict_that_names_the_existing_one()
    {
        var form = the.Form(await the.OrganisationAsync());
        var id = (await the.Registrar.PostAsync("api/inspections", form)).Word("id");

        foreach (var repeated in new[] { form, form with { Title = form.Title!.ToUpperInvariant() }, form with { Title = form.Title.Replace(" ", "  ", StringComparison.Ordinal), Area = "Elsewhere" } })
        {
            var conflict = await the.Registrar.PostAsync("api/inspections", repeated);
            Assert.Equal((409, true), (conflict.Status, conflict.IsProblem));
            Assert.Contains(id, conflict.Word("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(201, (await the.Registrar.PostAsync("api/inspections", form with { PublishedOn = new(2017, 8, 30) })).Status);
    }

    [Fact]
    public async Task The_second_of_an_area_and_month_gets_a_2()
    {
        var form = the.Form(await the.OrganisationAsync());
        var first = await the.Registrar.PostAsync("api/inspections", form);
        var second = await the.Registrar.PostAsync("api/inspections", form with { Title = form.Title + " again" });
        var third = await the.Registrar.PostAsync("api/inspections", form with { Title = form.Title + " once more", PublishedOn = new(2017, 8, 1) });

        Assert.Equal([first.Word("id") + "-2", first.Word("id") + "-3"], [second.Word("id"), third.Word("id")]);
    }

    [Fact]
    public async Task However_many_send_an_inspection_at_once_it_is_registered_once()
    {
        var form = the.Form(await the.OrganisationAsync());
        var key = ("Idempotency-Key", Inspectorate.Fresh("key"));

        var withKey = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => the.Registrar.PostAsync("api/inspections", form, key)));
        var without = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => the.Registrar.PostAsync("api/inspections", form with { Title = form.Title + " 2" })));

        Assert.Single(withKey.Select(a => (a.Status, a.Word("id"))).Distinct());
        Assert.Equal(201, withKey[0].Status);
        Assert.Equal([201, 409, 409, 409, 409, 409, 409, 409], without.Select(a => a.Status).Order());
        Assert.Equal(2, (await the.Viewer.GetAsync("api/inspections")).Items.Count(i => ((string)i["title"]!).StartsWith(form.Title!, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task However_many_issue_an_inspection_at_once_and_with_the_chase_all_are_told_that_it_is_issued()
    {
        for (var round = 0; round < 3; round++)
        {
            var organisations = new[] { await the.OrganisationAsync(), await the.OrganisationAsync(), await the.OrganisationAsync() };
            var id = await the.DraftAsync([.. organisations, .. organisations]);

            var issuing = Enumerable.Range(0, 6).Select(_ => the.Registrar.PostAsync($"api/inspections/{id}/issue")).ToList();
            await Task.WhenAll(the.Service.FireAsync("ChaseRecommendations"), Task.WhenAll(issuing));

            Assert.Equal([(200, "issued")], issuing.Select(i => i.Result).Select(a => (a.Status, a.Word("stage"))).Distinct());
            for (var number = 1; number <= 6; number++)
                Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/{number}/events")).Items, e => (string?)e["type"] == "issued");
        }
    }

    [Fact]
    public async Task A_programme_may_give_another_time_for_answers()
    {
        var form = the.Form(await the.OrganisationAsync()) with { Programme = "quick &  clear" };
        var created = await the.Registrar.PostAsync("api/inspections", form);
        Assert.Equal("2017-09-21", created.Word("recommendations", 0, "responseDueOn"));

        await the.Registrar.PostAsync($"api/inspections/{created.Word("id")}/issue");
        Assert.Equal("2017-09-21", (await the.Viewer.GetAsync($"api/recommendations/{created.Word("id")}/1")).Word("ask", "dueOn"));
    }

    [Fact]
    public async Task A_draft_is_changed_as_a_whole_and_an_issued_one_in_its_heading_only()
    {
        var organisation = await the.OrganisationAsync();
        var id = await the.DraftAsync(organisation);
        var path = $"api/inspections/{id}";

        var changed = await the.Registrar.PatchAsync(path, new { title = $"Renamed {id}", recommendations = new[] { new { organisationId = organisation, text = "Other words." }, new { organisationId = organisation, text = "One more." } } });
        Assert.Equal((200, $"Renamed {id}", 2, "Other words."), (changed.Status, changed.Word("title"), changed.At("recommendations")!.AsArray().Count, changed.Word("recommendations", 0, "text")));

        await the.Registrar.PostAsync(path + "/issue");
        var conflict = await the.Registrar.PatchAsync(path, new { publishedOn = "2017-09-01" });
        Assert.Equal((409, true), (conflict.Status, conflict.IsProblem));
        var lead = await the.Registrar.PatchAsync(path, new { leadInspector = new { name = "Another Lead", email = "another.lead@inspectorate.example" } });
        Assert.Equal((200, "Another Lead"), (lead.Status, lead.Word("leadInspector", "name")));
    }

    [Fact]
    public async Task The_second_of_two_who_change_an_inspection_at_once_gets_412_with_the_current_state()
    {
        var id = await the.DraftAsync(await the.OrganisationAsync());
        var seen = (await the.Viewer.GetAsync($"api/inspections/{id}")).ETag!;

        Assert.Equal(200, (await the.Registrar.PatchAsync($"api/inspections/{id}", new { title = $"Faster {id}" }, ("If-Match", seen))).Status);
        var slower = await the.Registrar.PatchAsync($"api/inspections/{id}", new { title = $"Slower {id}" }, ("If-Match", seen));

        Assert.Equal((412, true, $"Faster {id}"), (slower.Status, slower.IsProblem, slower.Word("current", "title")));
    }

    [Fact]
    public async Task Issuing_gives_each_recommendation_to_its_organisation_and_repeating_it_changes_nothing()
    {
        var (one, other) = (await the.OrganisationAsync(), await the.OrganisationAsync());
        var id = await the.DraftAsync(one, other);

        var issued = await the.Registrar.PostAsync($"api/inspections/{id}/issue");
        var before = await the.EverythingAsync();
        var again = await the.Registrar.PostAsync($"api/inspections/{id}/issue");

        Assert.Equal((200, "issued", "2017-08-31"), (issued.Status, issued.Word("stage"), issued.Word("issuedOn")));
        Assert.All(issued.At("recommendations")!.AsArray(), r => Assert.Equal(("awaitingResponse", "2017-09-28"), ((string?)r!["status"], (string?)r["responseDueOn"])));
        Assert.Equal(issued.Text, again.Text);
        Assert.Equal(before, await the.EverythingAsync());
        Assert.Equal(404, (await the.Registrar.PostAsync("api/inspections/nowhere-2017-08/issue")).Status);
    }

    [Fact]
    public async Task Nothing_is_issued_to_an_organisation_without_a_valid_main_contact_and_the_error_names_it()
    {
        var fine = await the.OrganisationAsync();
        var id = Inspectorate.Fresh("org");
        var without = await the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id, "second"), Inspectorate.Contact(id, "main", until: "2017-08-30")]);
        var inspection = await the.DraftAsync(fine, without);
        var before = await the.EverythingAsync();

        var refused = await the.Registrar.PostAsync($"api/inspections/{inspection}/issue");

        Assert.Equal((422, true), (refused.Status, refused.IsProblem));
        Assert.Equal(["recommendations.2"], refused.Fields);
        Assert.Contains($"The organisation {without} has no valid main contact", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await the.EverythingAsync());
    }

    [Fact]
    public async Task Nothing_is_issued_to_an_organisation_that_has_ended_and_the_error_names_its_successor()
    {
        var successor = await the.OrganisationAsync();
        var id = await the.OrganisationAsync();
        await the.Registrar.PutAsync($"api/organisations/{id}", new { name = "Ended", kind = "crc", until = "2017-08-30", successor, contacts = new[] { Inspectorate.Contact(id) } });

        var refused = await the.Registrar.PostAsync($"api/inspections/{await the.DraftAsync(id)}/issue");

        Assert.Equal(422, refused.Status);
        Assert.Contains($"The organisation {successor}", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_with_99_recommendations_is_issued()
    {
        var organisation = await the.OrganisationAsync();
        var form = the.Form([.. Enumerable.Repeat(organisation, 99)]);
        var id = (await the.Registrar.PostAsync("api/inspections", form)).Word("id");

        var issued = await the.Registrar.PostAsync($"api/inspections/{id}/issue");

        Assert.Equal(200, issued.Status);
        Assert.Equal(99, issued.At("recommendations")!.AsArray().Count(r => (string?)r!["status"] == "awaitingResponse"));
        Assert.Equal($"{id}/99", (string?)issued.At("recommendations", 98)!["id"]);
    }
}
