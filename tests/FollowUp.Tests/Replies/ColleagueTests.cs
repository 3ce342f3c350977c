using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using FollowUp.Contacts;
using FollowUp.Email;
using FollowUp.Local.Mail;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>How a link is handed on.</summary>
public sealed class ColleagueTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task A_colleague_at_an_own_domain_takes_over_at_once_with_all_that_was_saved()
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        await ann.SendAsync(await ann.OpenAsync(asked.Question(home)), "save", Typed.Agreed("Begun by Ann"));
        var form = await ann.OpenAsync(home + "/colleague");
        var done = await NameAsync(ann, form, "instead", $"cleo@{asked.Organisation}.example");
        Assert.Equal("Handed over", done.Heading);

        // The old link has ended, everywhere
        Assert.Equal(HttpStatusCode.NotFound, (await ann.OpenAsync(home)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.OpenAsync(asked.Ann)).Status);
        var link = Assert.Single(Mails($"cleo@{asked.Organisation}.example"));
        Assert.Equal("link", Inspectorate.Category(link));
        Assert.Contains("Recommendation 1: answer due on", Inspectorate.TextOf(link), StringComparison.Ordinal);
        // Each has been told once; the sweep, which tells of changes of the directory, tells nobody again
        var emails = service.Local.Inbox.Count;
        await service.Local.FireAsync("SweepRegister");
        await service.Local.SettleAsync();
        Assert.Equal(emails, service.Local.Inbox.Count);
        using var cleo = service.Visitor();
        var theirs = await cleo.StartAsync(service.LinkTo($"cleo@{asked.Organisation}.example"));
        var question = await cleo.OpenAsync(asked.Question(theirs));
        Assert.Equal("Begun by Ann", question.Fields["actions[0].step"]);
        Assert.Equal("Answer received", (await cleo.SendAsync(await cleo.SendAsync(question, "continue"), null, Typed.Declaration)).Heading);

        Assert.Single(Mails($"bob@{asked.Organisation}.example"), m => Inspectorate.TextOf(m).Contains("Cleo New is a new contact", StringComparison.Ordinal));
        var told = Mails($"ann@{asked.Organisation}.example").Last(m => Inspectorate.TextOf(m).Contains("was named as", StringComparison.Ordinal));
        Assert.DoesNotContain("/reply/", told.Payload.ToString(), StringComparison.Ordinal);
        var organisation = await OrganisationAsync(asked);
        Assert.Equal([$"bob@{asked.Organisation}.example main", $"cleo@{asked.Organisation}.example main"], ValidContacts(organisation));
        var links = (await GetAsync($"api/organisations/{asked.Organisation}/links")).AsArray();
        Assert.Contains(links, l => l!.ToJsonString().Contains("who named Cleo New", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_colleague_who_joins_leaves_the_link_alone_and_the_form_counts_once()
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        var form = await ann.OpenAsync(home + "/colleague");
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NameAsync(ann, form, "beside", $"cleo@{asked.Organisation}.example", settle: false)));
        await service.Local.SettleAsync();

        Assert.All(pages, page => Assert.Equal("Contact added", page.Heading));
        Assert.Equal(HttpStatusCode.OK, (await ann.OpenAsync(home)).Status);
        Assert.Single(Mails($"cleo@{asked.Organisation}.example"));
        Assert.Equal([$"ann@{asked.Organisation}.example main", $"bob@{asked.Organisation}.example main", $"cleo@{asked.Organisation}.example main"], ValidContacts(await OrganisationAsync(asked)));
    }

    [Theory]
    [InlineData("agree")]
    [InlineData("refuse")]
    public async Task At_another_domain_staff_decide_with_one_press_and_the_person_who_asked_is_told(string decision)
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        var done = await NameAsync(ann, await ann.OpenAsync(home + "/colleague"), "instead", $"cleo.{decision}@elsewhere.example");
        Assert.Equal("Sent to the inspectorate", done.Heading);
        Assert.Equal(HttpStatusCode.OK, (await ann.OpenAsync(home)).Status);
        Assert.Empty(Mails($"cleo.{decision}@elsewhere.example"));
        var task = Assert.Single((await GetAsync("api/tasks")).AsArray(), t => (string?)t!["organisationId"] == asked.Organisation)!;
        Assert.Equal("contactNamed", (string?)task["kind"]);

        using var staff = await StaffBrowser.SignInAsync(service.Local, "reviewer");
        var page = await staff.GetAsync("/staff/tasks");
        var address = page.Document.QuerySelector($"form[action*='{asked.Organisation}/named/']")!.GetAttribute("action")!;
        Assert.Contains("A contact was named", (await staff.GetAsync(address)).Html, StringComparison.Ordinal);
        await staff.PostAsync(address, ("do", decision));
        // A second press changes nothing, and the other decision is refused
        await staff.PostAsync(address, ("do", decision));
        Assert.Contains("has decided this already", (await staff.PostAsync(address, ("do", decision == "agree" ? "refuse" : "agree"))).Html, StringComparison.Ordinal);
        await service.Local.SettleAsync();

        var agreed = decision == "agree";
        Assert.Equal(agreed ? 1 : 0, Mails($"cleo.{decision}@elsewhere.example").Count);
        Assert.Equal(agreed ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await ann.OpenAsync(home)).Status);
        Assert.Contains(agreed ? "Cleo New is now main contact" : "Cleo New was not taken as main contact", Inspectorate.TextOf(Mails($"ann@{asked.Organisation}.example")[^1]), StringComparison.Ordinal);
        Assert.DoesNotContain((await GetAsync("api/tasks")).AsArray(), t => (string?)t!["organisationId"] == asked.Organisation);
    }

    [Fact]
    public async Task Those_above_name_a_contact_and_nobody_leaves()
    {
        var asked = await service.AskAsync();
        await AddDomainAsync(asked);
        await service.Local.SkipToAsync(DateOnly.FromDateTime(service.Local.Now.DateTime).AddDays(60), new(9, 30));
        using var olga = service.Visitor();
        var home = await olga.StartAsync(service.LinkTo(asked.OwnerEmail));
        var form = await olga.OpenAsync(home + "/colleague");
        Assert.Equal("Name a contact", form.Heading);
        Assert.Null(form.Document.QuerySelector("[name=Change]"));
        // What the form does not offer is not taken either
        Assert.Equal("Contact added", (await NameAsync(olga, form, "instead", $"cleo@{asked.Organisation}.example")).Heading);
        Assert.Equal(HttpStatusCode.OK, (await olga.OpenAsync(home)).Status);
        Assert.Equal(3, ValidContacts(await OrganisationAsync(asked)).Count);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_stays()
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        var form = await ann.OpenAsync(home + "/colleague");
        Assert.Equal(
            ["Choose whether your colleague takes over from you or joins you", "Enter your colleague’s full name", "Enter your colleague’s email address", "Choose whether your colleague is the main or the second contact"],
            (await ann.SendAsync(form)).Errors);
        var wrong = await ann.SendAsync(form, null, ("Change", "beside"), ("Name", "Cleo\nNew"), ("Email", "cleo@x.example\r\nBcc: all@example.com"), ("Role", "director"));
        Assert.Equal(3, wrong.Errors.Count);
        Assert.Equal("cleo@x.example\r\nBcc: all@example.com".ReplaceLineEndings(""), wrong.Fields["Email"].ReplaceLineEndings(""));
        Assert.Equal(["This is your own address. Enter your colleague’s"], (await NameAsync(ann, form, "beside", $"ann@{asked.Organisation}.example")).Errors);
        Assert.Equal([$"bob@{asked.Organisation}.example is main contact of Organisation {asked.Organisation} already"], (await NameAsync(ann, form, "beside", $"bob@{asked.Organisation}.example")).Errors);
        Assert.Equal(2, ValidContacts(await OrganisationAsync(asked)).Count);
    }

    [Fact]
    public async Task The_only_main_contact_leaves_a_main_contact_behind()
    {
        var (asked, ann, home) = await StartAsync(onlyAnn: true);
        using var _ = ann;
        var form = await ann.OpenAsync(home + "/colleague");
        Assert.Equal(["You are the only main contact. Name your colleague as the main contact"], (await NameAsync(ann, form, "instead", $"cleo@{asked.Organisation}.example", "second")).Errors);
        Assert.Equal("Handed over", (await NameAsync(ann, form, "instead", $"cleo@{asked.Organisation}.example")).Heading);
    }

    [Fact]
    public async Task One_link_names_five_people_a_day()
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        for (var n = 0; n < 5; n++)
            Assert.Equal("Contact added", (await NameAsync(ann, await ann.OpenAsync(home + "/colleague"), "beside", $"cleo{n}@{asked.Organisation}.example", settle: false)).Heading);
        var refused = await NameAsync(ann, await ann.OpenAsync(home + "/colleague"), "beside", $"cleo5@{asked.Organisation}.example");
        Assert.StartsWith("So many colleagues were named today", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Empty(Mails($"cleo5@{asked.Organisation}.example"));
    }

    [Fact]
    public async Task What_was_agreed_and_interrupted_is_carried_on_by_the_sweep()
    {
        var (asked, ann, home) = await StartAsync();
        using var _ = ann;
        var organisation = OrganisationId.Parse(asked.Organisation, null);
        var today = DateOnly.FromDateTime(service.Local.Now.DateTime);
        var named = new Nomination
        {
            Id = NominationsTable.Id(today, 1),
            OrganisationId = organisation,
            Contact = new Contact("Cleo New", EmailAddress.Parse($"cleo@{asked.Organisation}.example", null), ContactRole.Main, today),
            Replaces = true,
            By = new Recipient("Ann First", EmailAddress.Parse($"ann@{asked.Organisation}.example", null), Relation.Own, ContactRole.Main, organisation),
            LinkId = home.Split('/')[^1],
            At = service.Local.Now,
            Status = NominationStatus.Agreed,
        };
        await new TableServiceClient(service.Local.StorageConnectionString).GetTableClient("Register")
            .AddEntityAsync(Document.Entity(asked.Organisation, NominationsTable.Key(named.Id), named), TestContext.Current.CancellationToken);

        await service.Local.FireAsync("SweepRegister");
        await service.Local.FireAsync("SweepRegister");
        Assert.Single(Mails($"cleo@{asked.Organisation}.example"));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.OpenAsync(home)).Status);
        Assert.Equal([$"bob@{asked.Organisation}.example main", $"cleo@{asked.Organisation}.example main"], ValidContacts(await OrganisationAsync(asked)));
    }

    private async Task<Seen> NameAsync(Visitor visitor, Seen form, string change, string email, string role = "main", bool settle = true)
    {
        var page = await visitor.SendAsync(form, null, ("Change", change), ("Name", "Cleo New"), ("Email", email), ("Role", role));
        if (settle)
            await service.Local.SettleAsync();
        return page;
    }

    private async Task<(Asked, Visitor, string Home)> StartAsync(bool onlyAnn = false)
    {
        var asked = await service.AskAsync();
        await AddDomainAsync(asked, onlyAnn);
        var ann = service.Visitor();
        return (asked, ann, await ann.StartAsync(asked.Ann));
    }

    private Task AddDomainAsync(Asked asked, bool onlyAnn = false) => service.SendAsync(HttpMethod.Put, "api/organisations/" + asked.Organisation, new
    {
        name = "Organisation " + asked.Organisation,
        kind = "crc",
        escalatesTo = asked.Organisation + "-owner",
        domains = new[] { asked.Organisation + ".example" },
        contacts = new[] { new { name = "Ann First", email = $"ann@{asked.Organisation}.example", role = "main" }, new { name = "Bob Second", email = $"bob@{asked.Organisation}.example", role = onlyAnn ? "second" : "main" } },
    });

    private List<KeptMessage> Mails(string address) => [.. service.Local.Inbox.Where(m => m.IsTo(address))];

    private Task<JsonNode> OrganisationAsync(Asked asked) => GetAsync("api/organisations/" + asked.Organisation);

    private async Task<JsonNode> GetAsync(string path) => (await (await service.Local.ApiAsync("administrator")).GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;

    private List<string> ValidContacts(JsonNode organisation) =>
    [
        .. organisation["contacts"]!.AsArray()
            .Where(c => c!["until"] is not { } until || string.CompareOrdinal((string?)until, service.Local.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) >= 0)
            .Select(c => $"{c!["email"]} {c["role"]}").Order(),
    ];
}
