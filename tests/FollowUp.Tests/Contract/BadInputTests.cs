using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

/// <summary>Bad input gets the right status, names the field in words that a person can act on, and stores nothing.</summary>
[Collection(TheContract.Name)]
public sealed class BadInputTests(Inspectorate the)
{
    private static readonly string Long = new('x', 20_000);
    private static Given? _given;
    private const int MostBreaks = 10;

    public static TheoryData<string, string, string, string, int, string, string> Inputs { get; } = new()
    {
        // What, where, how it is sent, body or what differs from a valid one, status, field, words
        { "an unknown organisation", "POST api/inspections", "recommendations.0.organisationId", "\"nobody-there\"", 422, "recommendations[0].organisationId", "There is no organisation “nobody-there”" },
        { "no organisation", "POST api/inspections", "recommendations.0.organisationId", "null", 422, "recommendations[0].organisationId", "Choose the responsible organisation" },
        { "an empty recommendation", "POST api/inspections", "recommendations.0.text", "\"  \\n \"", 422, "recommendations[0].text", "Enter the words of the recommendation" },
        { "a recommendation of 20,000 characters", "POST api/inspections", "recommendations.0.text", $"\"{Long}\"", 422, "recommendations[0].text", "5,000 characters or fewer" },
        { "control characters", "POST api/inspections", "recommendations.0.text", "\"bell \\u0007\"", 422, "recommendations[0].text", "control characters" },
        { "half a pair of surrogates", "POST api/inspections", "recommendations.0.text", "\"\\ud83d\"", 400, "recommendations[0].text", "" },
        { "no recommendations", "POST api/inspections", "recommendations", "[]", 422, "recommendations", "Add at least one recommendation" },
        { "a null recommendation", "POST api/inspections", "recommendations", "[null]", 422, "recommendations[0].text", "Enter the words" },
        { "publication in 1900", "POST api/inspections", "publishedOn", "\"1900-01-01\"", 422, "publishedOn", "1 January 2012 or later" },
        { "publication in 2100", "POST api/inspections", "publishedOn", "\"2100-01-01\"", 422, "publishedOn", "31 August 2019 or earlier" },
        { "no publication date", "POST api/inspections", "publishedOn", "null", 422, "publishedOn", "Enter the publication date" },
        { "a date that is none", "POST api/inspections", "publishedOn", "\"2017-02-30\"", 400, "publishedOn", "enter a date like 2017-08-31" },
        { "a date as people write it", "POST api/inspections", "publishedOn", "\"31 August 2017\"", 400, "publishedOn", "enter a date like 2017-08-31" },
        { "a date as a number", "POST api/inspections", "publishedOn", "20170831", 400, "publishedOn", "enter a date like 2017-08-31" },
        { "a deadline before publication", "POST api/inspections", "recommendations.0.responseDueOn", "\"2017-08-30\"", 422, "recommendations[0].responseDueOn", "after the publication date" },
        { "a lead inspector without an address", "POST api/inspections", "leadInspector", """{"name":"Ines"}""", 422, "leadInspector.email", "name@example.com" },
        { "no lead inspector", "POST api/inspections", "leadInspector", "null", 422, "leadInspector.name", "Enter the name of the lead inspector" },
        { "a title on two lines", "POST api/inspections", "title", "\"One\\r\\nBcc: x@evil.example\"", 422, "title", "on one line" },
        { "a report link that is a script", "POST api/inspections", "reportUrl", "\"javascript:alert(1)\"", 422, "reportUrl", "https://" },
        { "text where a list belongs", "POST api/inspections", "recommendations", "\"one\"", 400, "recommendations", "send a list" },
        { "a number where text belongs", "POST api/inspections", "recommendations.0.text", "7", 400, "recommendations[0].text", "send a text" },
        { "a list where text belongs", "PUT api/organisations/{organisation}", "contacts.0.email", "[]", 400, "contacts[0].email", "send a text" },
        { "an extension to a day that is none", "POST api/recommendations/{recommendation}/extend", "dueOn", "\"12/10/2017\"", 400, "dueOn", "enter a date like 2017-08-31" },

        { "a contact without a valid address", "PUT api/organisations/{organisation}", "contacts.0.email", "\"dana@\"", 422, "contacts[0].email", "name@example.com" },
        { "a contact without a name", "PUT api/organisations/{organisation}", "contacts.0.name", "\"\"", 422, "contacts[0].name", "Enter the contact’s name" },
        { "a contact’s name on two lines", "PUT api/organisations/{organisation}", "contacts.0.name", "\"Dana\\nMain\"", 422, "contacts[0].name", "on one line" },
        { "a contact’s name with an address", "PUT api/organisations/{organisation}", "contacts.0.name", "\"Dana <x@evil.example>\"", 422, "contacts[0].name", "without < or >" },
        { "a name on two lines", "PUT api/organisations/{organisation}", "name", "\"One\\nTwo\"", 422, "name", "on one line" },
        { "two kinds at once", "PUT api/organisations/{organisation}", "kind", "\"crc,nps\"", 422, "kind", "crc, nps, owner, hmpps or other" },
        { "an unknown role", "PUT api/organisations/{organisation}", "contacts.0.role", "\"boss\"", 422, "contacts[0].role", "main, second or director" },
        { "a null contact", "PUT api/organisations/{organisation}", "contacts", "[null]", 422, "contacts[0].email", "name@example.com" },
        { "an unknown kind", "PUT api/organisations/{organisation}", "kind", "\"prison\"", 422, "kind", "crc, nps, owner, hmpps or other" },
        { "escalation to nobody", "PUT api/organisations/{organisation}", "escalatesTo", "\"nobody-there\"", 422, "escalatesTo", "There is no organisation" },
        { "escalation to itself", "PUT api/organisations/{organisation}", "escalatesTo", "\"{organisation}\"", 422, "escalatesTo", "choose" },
        { "an id that is none", "PUT api/organisations/No_Id", "name", "\"Name\"", 422, "id", "2 to 60 small letters" },

        { "an extension without a reason", "POST api/recommendations/{recommendation}/extend", "reason", "\"\"", 422, "reason", "Enter the reason" },
        { "an extension to today", "POST api/recommendations/{recommendation}/extend", "dueOn", "\"2017-08-31\"", 422, "dueOn", "after today, 31 August 2017" },
        { "an extension that takes time away", "POST api/recommendations/{recommendation}/extend", "dueOn", "\"2017-09-27\"", 422, "dueOn", "after the present one" },
        { "an extension to no day", "POST api/recommendations/{recommendation}/extend", "dueOn", "null", 422, "dueOn", "Enter the new deadline" },
        { "a pause without an end", "POST api/recommendations/{recommendation}/pause", "until", "null", 422, "until", "Enter the last day" },
        { "a pause of more than 60 working days", "POST api/recommendations/{recommendation}/pause", "until", "\"2017-11-24\"", 422, "until", "23 November 2017 or earlier" },
        { "a closure without a reason", "POST api/recommendations/{recommendation}/close", "reason", "null", 422, "reason", "implemented, not implemented" },
        { "a closure for another reason", "POST api/recommendations/{recommendation}/close", "reason", "\"bored\"", 400, "reason", "notAccepted" },
        { "a closure for a number", "POST api/recommendations/{recommendation}/close", "reason", "1", 400, "reason", "implemented" },
        { "a note of 20,000 characters", "POST api/recommendations/{recommendation}/close", "note", $"\"{Long}\"", 422, "note", "5,000 characters or fewer" },
        { "an unknown judgement", "POST api/recommendations/{answered}/review", "judgement", "\"fine\"", 400, "judgement", "acceptableAlternative" },
        { "no judgement", "POST api/recommendations/{answered}/review", "judgement", "null", 422, "judgement", "Choose whether the answer is acceptable" },
        { "a return without a new deadline", "POST api/recommendations/{answered}/review", "judgement", "\"unacceptable\"", 422, "dueOn", "Enter the deadline for the new answer" },
        { "a reopening without a deadline", "POST api/recommendations/{closed}/reopen", "dueOn", "null", 422, "dueOn", "Enter the new deadline" },
        { "a reopening without a reason", "POST api/recommendations/{closed}/reopen", "reason", "null", 422, "reason", "Enter the reason" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task What_is_wrong_is_named_and_nothing_is_stored(string what, string where, string part, string value, int status, string field, string words)
    {
        // Nothing is stored, so that one of each kind does for all
        _given ??= await PrepareAsync();
        var organisation = _given.Organisation;
        var path = where.Split(' ')[1]
            .Replace("{organisation}", organisation, StringComparison.Ordinal)
            .Replace("{recommendation}", _given.Open, StringComparison.Ordinal)
            .Replace("{answered}", _given.Answered, StringComparison.Ordinal)
            .Replace("{closed}", _given.Closed, StringComparison.Ordinal);
        var body = Valid(path, organisation);
        Set(body, part, value.Replace("{organisation}", organisation, StringComparison.Ordinal), out var text);
        var before = await the.EverythingAsync();

        var answer = await the.Administrator.SendAsync(new HttpMethod(where.Split(' ')[0]), path, text);

        Assert.Equal((what, status, true), (what, answer.Status, answer.IsProblem));
        Assert.Contains(field, answer.Fields);
        Assert.True(answer.Body!["errors"]![field]!.AsArray().Any(m => ((string)m!).Contains(words, StringComparison.Ordinal)), answer.Text);
        Assert.Contains(words, answer.Word("detail"), StringComparison.Ordinal);
        Assert.Equal(before, await the.EverythingAsync());
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("{", 400)]
    [InlineData("{\"title\":\"one\",}", 400)]
    [InlineData("{\"title\":\"\u0001\"}", 400)]
    public async Task A_body_that_is_no_JSON_object_is_a_problem(string body, int status)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, "api/inspections"), (HttpMethod.Put, $"api/organisations/{the.StrangerOrganisation}"), (HttpMethod.Post, $"api/recommendations/{the.Stranger}/close") })
        {
            var answer = await the.Administrator.SendAsync(method, path, body);
            Assert.Equal((status, true), (answer.Status, answer.IsProblem));
            Assert.NotEmpty(answer.Word("detail"));
        }
    }

    [Fact]
    public async Task A_body_that_is_not_said_to_be_JSON_or_is_too_large_is_a_problem()
    {
        var plain = await the.Administrator.PostAsync("api/inspections", "title=x", ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal((415, true), (plain.Status, plain.IsProblem));

        var large = await the.Administrator.PostAsync("api/inspections", "{\"title\":\"" + new string('x', 1024 * 1024) + "\"}");
        Assert.Equal((413, true), (large.Status, large.IsProblem));
    }

    [Fact]
    public async Task A_body_in_chunks_is_no_longer_than_another()
    {
        var own = await the.Service.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);
        var authorization = $"Authorization: Bearer {await the.Service.TokenAsync("administrator")}\r\n";

        var large = await RawHttp.ChunkAsync(own, "/api/inspections", "{\"title\":\"" + new string('x', 1024 * 1024) + "\"}", authorization);
        Assert.Equal(413, RawHttp.StatusOf(large));
        Assert.Contains("The body is larger than 1 MiB", large, StringComparison.Ordinal);

        var small = await RawHttp.ChunkAsync(own, "/api/inspections", "{\"title\":\"" + new string('x', 1000) + "\"}", authorization);
        Assert.Equal(422, RawHttp.StatusOf(small));
    }

    [Theory]
    [InlineData("reply/none", 400)]
    [InlineData("reply/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 400)]
    [InlineData("staff/inspections/new", 302)]
    public async Task A_form_of_whoever_it_is_has_8_MiB_at_most(string path, int status)
    {
        // By its pieces the framework would take each of them
        foreach (var piece in (string[])[$"a={new string('x', 900_000)}&", $"{new string('x', 900)}={new string('x', 3_000_000)}&"])
        {
            using var answer = await AnswerAsync(path, string.Concat(Enumerable.Repeat(piece, 8_400_000 / piece.Length + 1)));

            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    /// <summary>Whoever refuses a body hangs up while the rest is still being sent, and the break may come before the answer: then it is asked again.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(string path, string form)
    {
        using var client = the.Service.Anonymous();
        var address = new Uri(await the.Service.Stack.Service.AddressAsync(TestContext.Current.CancellationToken), path);
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Headers = { { "Sec-Fetch-Site", "same-origin" }, { "Transfer-Encoding", "chunked" } } };
            request.Content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
            try
            {
                return await client.SendAsync(request, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException broken) when (broken.InnerException is IOException && attempt < MostBreaks)
            {
            }
        }
    }

    [Fact]
    public async Task Nesting_without_end_is_a_problem()
    {
        var answer = await the.Administrator.PostAsync("api/inspections", "{\"recommendations\":" + new string('[', 10_000) + new string(']', 10_000) + "}");

        Assert.Equal((400, true), (answer.Status, answer.IsProblem));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("401")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task The_outlook_takes_1_to_400_days(string days)
    {
        var answer = await the.Viewer.GetAsync($"api/outlook?days={days}");

        Assert.Equal((422, true), (answer.Status, answer.IsProblem));
        Assert.Equal(["days"], answer.Fields);
    }

    [Fact]
    public async Task Parts_that_nobody_asked_for_change_nothing()
    {
        var organisation = await the.OrganisationAsync();
        var body = Valid("api/inspections", organisation);
        body["id"] = "chosen-by-me";
        body["stage"] = "issued";
        body["recommendations"]![0]!["status"] = "closed";
        body["recommendations"]![0]!["number"] = "9";

        var created = await the.Registrar.PostAsync("api/inspections", body.ToJsonString());

        Assert.Equal((201, "draft", "draft", "1"), (created.Status, created.Word("stage"), created.Word("recommendations", 0, "status"), created.Word("recommendations", 0, "number")));
        Assert.NotEqual("chosen-by-me", created.Word("id"));
    }

    private async Task<Given> PrepareAsync()
    {
        var organisation = await the.OrganisationAsync();
        var given = new Given(organisation, await the.IssuedAsync(organisation), await the.IssuedAsync(organisation), await the.IssuedAsync(organisation));
        await the.AnswerAsync(organisation, given.Answered);
        await the.Reviewer.PostAsync($"api/recommendations/{given.Closed}/close", new { reason = "withdrawn" });
        return given;
    }

    private JsonNode Valid(string path, string organisation) => JsonNode.Parse(path.Split('/')[^1] switch
    {
        "inspections" => FollowUp.Storage.Json.Write(the.Form(organisation)),
        "extend" => """{"dueOn":"2017-10-12","reason":"Because"}""",
        "pause" => """{"until":"2017-10-12","reason":"Because"}""",
        "review" => """{"judgement":"acceptable","note":"Because"}""",
        "close" => """{"reason":"withdrawn","note":"Because"}""",
        "reopen" => """{"reason":"Because","dueOn":"2017-10-12"}""",
        _ => $$"""{"name":"Name","kind":"crc","contacts":[{"name":"Dana Main","email":"dana@{{organisation}}.example","role":"main"}]}""",
    })!;

    // A marker stands for the value, since half a pair of surrogates is no JsonNode
    private static void Set(JsonNode body, string path, string value, out string text)
    {
        var steps = path.Split('.');
        var holder = steps[..^1].Aggregate(body, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
        holder[steps[^1]] = "the value goes here";
        text = body.ToJsonString().Replace("\"the value goes here\"", value, StringComparison.Ordinal);
    }

    private sealed record Given(string Organisation, string Open, string Answered, string Closed);
}
