using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

[Collection(TheContract.Name)]
public sealed class OrganisationsApiTests(Inspectorate the)
{
    [Fact]
    public async Task An_organisation_reads_back_as_it_was_put()
    {
        var above = await the.OrganisationAsync("owner");
        var id = Inspectorate.Fresh("org");
        var body = new
        {
            name = "Bristol, Gloucestershire, Somerset & Wiltshire CRC",
            kind = "crc",
            escalatesTo = above,
            aliases = new[] { "BGSW" },
            domains = new[] { "bgsw.example" },
            until = "2018-01-31",
            successor = above,
            contacts = new[] { new { name = "Dána O’Main", email = "Dana@BGSW.example", role = "main", from = "2017-01-01", until = "2018-01-31" } },
        };

        var created = await the.Registrar.PutAsync($"api/organisations/{id}", body);
        Assert.Equal((201, $"/api/organisations/{id}"), (created.Status, created.Location));

        var read = await the.Viewer.GetAsync($"api/organisations/{id}");
        Assert.Equal(
            $$"""{"id":"{{id}}","name":"Bristol, Gloucestershire, Somerset & Wiltshire CRC","kind":"crc","escalatesTo":"{{above}}","aliases":["BGSW"],"domains":["bgsw.example"],"until":"2018-01-31","successor":"{{above}}","contacts":[{"name":"Dána O’Main","email":"dana@bgsw.example","role":"main","from":"2017-01-01","until":"2018-01-31"}]}""",
            read.Text);
        Assert.NotNull(read.ETag);
        Assert.Equal(200, (await the.Registrar.PutAsync($"api/organisations/{id}", body)).Status);
        Assert.Contains((await the.Viewer.GetAsync("api/organisations")).Items, o => (string?)o["id"] == id);
    }

    [Fact]
    public async Task The_second_of_two_who_change_an_organisation_at_once_gets_412_with_the_current_state()
    {
        var id = await the.OrganisationAsync();
        var seen = (await the.Viewer.GetAsync($"api/organisations/{id}")).ETag!;
        var body = new { name = "Faster", kind = "crc", contacts = new[] { Inspectorate.Contact(id) } };

        Assert.Equal(200, (await the.Registrar.PutAsync($"api/organisations/{id}", body, ("If-Match", seen))).Status);
        var slower = await the.Registrar.PutAsync($"api/organisations/{id}", body with { name = "Slower" }, ("If-Match", seen));

        Assert.Equal((412, true, "Faster"), (slower.Status, slower.IsProblem, slower.Word("current", "name")));
        Assert.Equal("Faster", (await the.Viewer.GetAsync($"api/organisations/{id}")).Word("name"));
        Assert.Equal(200, (await the.Registrar.PutAsync($"api/organisations/{id}", body, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_a_404_problem()
    {
        foreach (var path in new[] { "api/organisations/nobody-there", "api/organisations/nobody-there/links", "api/organisations/NOT AN ID", "api/nothing" })
            Assert.Equal((path, 404, true), (path, (await the.Viewer.GetAsync(path)).Status, (await the.Viewer.GetAsync(path)).IsProblem));
        Assert.Equal(405, (await the.Viewer.SendAsync(HttpMethod.Delete, "api/organisations")).Status);
    }

    [Fact]
    public async Task A_link_is_listed_without_its_secret_and_is_dead_once_it_is_revoked_while_others_live()
    {
        var (organisation, recommendation) = await the.RecommendationAsync();
        await the.Administrator.PostAsync("api/chase");
        await the.Service.SettleAsync();
        var email = Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        var token = Inspectorate.TokenIn(email)!;
        Assert.Contains(recommendation.Split('/')[1], Inspectorate.TextOf(email), StringComparison.Ordinal);

        var links = await the.Viewer.GetAsync($"api/organisations/{organisation}/links");
        var link = Assert.Single(links.Items);
        Assert.DoesNotContain(token, links.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await the.Nobody.GetAsync($"reply/{token}")).Status);

        var path = $"api/organisations/{organisation}/links/{link["id"]}/revoke";
        Assert.Equal(403, (await the.Viewer.PostAsync(path)).Status);
        var revoked = await the.Registrar.PostAsync(path);
        Assert.Equal((200, "Tom Ellery"), (revoked.Status, revoked.Word("revokedBy")));
        Assert.Equal(revoked.Text, (await the.Reviewer.PostAsync(path)).Text);

        Assert.Equal(404, (await the.Nobody.GetAsync($"reply/{token}")).Status);
        Assert.Equal(404, (await the.Registrar.PostAsync($"api/organisations/{organisation}/links/{new string('0', 32)}/revoke")).Status);
        Assert.Equal(404, (await the.Registrar.PostAsync($"api/organisations/{the.StrangerOrganisation}/links/{link["id"]}/revoke")).Status);
        var stranger = the.To(Inspectorate.Address(the.StrangerOrganisation, "main"))[0];
        Assert.Equal(200, (await the.Nobody.GetAsync($"reply/{Inspectorate.TokenIn(stranger)}")).Status);
    }
}
