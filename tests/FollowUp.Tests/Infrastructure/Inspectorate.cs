using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FollowUp.Local;
using FollowUp.Local.Mail;
using FollowUp.Local.Service;
using FollowUp.Recommendations;
using FollowUp.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Infrastructure;

/// <summary>
/// An inspectorate at work: the service with a client for each role, organisations and inspections of their own for
/// each test, and one organisation with an inspection that no test is about.
/// </summary>
public sealed partial class Inspectorate : IAsyncLifetime
{
    public const string Programme = "Quality & Impact";

    /// <summary>A programme in which answers are due 15 working days after publication.</summary>
    public const string QuickProgramme = "Quick & Clear";
    private static int _counter;
    private readonly Dictionary<string, Api> _apis = [];
    private WebApplication? _inProcess;

    public LocalService Service { get; } = new();

    public Api Viewer => _apis["viewer"];

    public Api Registrar => _apis["registrar"];

    public Api Reviewer => _apis["reviewer"];

    public Api Administrator => _apis["administrator"];

    public Api Nobody => _apis["nobody"];

    public Api Of(string role) => _apis[role];

    /// <summary>An issued recommendation that must stay as it is.</summary>
    public string Stranger { get; private set; } = "";

    public string StrangerOrganisation { get; private set; } = "";

    public DateOnly Today => DateOnly.FromDateTime(Service.Now.DateTime);

    /// <summary>The service's own parts over the same storage and clock, in this process.</summary>
    internal IServiceProvider Parts => (_inProcess ??= Compose()).Services;

    public async ValueTask InitializeAsync() => await StartAsync(options => options);

    internal async Task StartAsync(Func<LocalOptions, LocalOptions> change)
    {
        Service.Settings["Deadlines__Programmes__0__Programme"] = QuickProgramme;
        Service.Settings["Deadlines__Programmes__0__ResponseDays"] = "15";
        await Service.StartAsync(change);
        foreach (var role in new[] { "viewer", "registrar", "reviewer", "administrator" })
            _apis[role] = new Api(await Service.ApiAsync(role));
        _apis["nobody"] = new Api(Service.Anonymous());
        StrangerOrganisation = await OrganisationAsync();
        Stranger = await IssuedAsync(StrangerOrganisation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_inProcess is not null)
            await _inProcess.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>A name that no other test has.</summary>
    public static string Fresh(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _counter)}");

    /// <summary>A contact of an organisation, in its own domain.</summary>
    public static object Contact(string organisation, string role = "main", string? name = null, string? until = null) =>
        new { name = name ?? $"{char.ToUpperInvariant(role[0])}{role[1..]} Contact", email = Address(organisation, name?.Replace(' ', '.') ?? role), role, until };

    public static string Address(string organisation, string who) => $"{who.ToLowerInvariant()}@{organisation}.example";

    /// <summary>Adds an organisation; with a main, a second and a director contact unless others are given.</summary>
    public async Task<string> OrganisationAsync(string kind = "crc", string? escalatesTo = null, string? id = null, IReadOnlyList<object>? contacts = null)
    {
        id ??= Fresh("org");
        contacts ??= [Contact(id), Contact(id, "second"), Contact(id, "director")];
        var answer = await Registrar.PutAsync($"api/organisations/{id}", new { name = $"The organisation {id}", kind, escalatesTo, contacts });
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return id;
    }

    /// <summary>An inspection that can be sent to the API.</summary>
    public InspectionForm Form(params string[] organisations) => new()
    {
        Title = $"An inspection of {Fresh("area")}",
        Area = Fresh("Area"),
        Programme = Programme,
        PublishedOn = Today,
        LeadInspector = new("Ines Lead", "ines.lead@inspectorate.example"),
        Recommendations = [.. organisations.Select((o, i) => new RecommendationForm { OrganisationId = o, Text = $"Improve the part {i + 1} of your work.", Theme = "Work" })],
    };

    /// <summary>Registers an inspection with a recommendation to each organisation; answers its id.</summary>
    public async Task<string> DraftAsync(params string[] organisations)
    {
        var answer = await Registrar.PostAsync("api/inspections", Form(organisations));
        Assert.True(answer.Status == 201, answer.Text);
        return answer.Word("id");
    }

    /// <summary>Registers and issues; answers the id of the first recommendation.</summary>
    public async Task<string> IssuedAsync(params string[] organisations)
    {
        var id = await DraftAsync(organisations);
        var answer = await Registrar.PostAsync($"api/inspections/{id}/issue");
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Word("recommendations", 0, "id");
    }

    /// <summary>A new organisation with one issued recommendation.</summary>
    public async Task<(string Organisation, string Recommendation)> RecommendationAsync()
    {
        var organisation = await OrganisationAsync();
        return (organisation, await IssuedAsync(organisation));
    }

    /// <summary>Answers as the page does, by a link of its own.</summary>
    internal async Task<Recommendation> AnswerAsync(string organisation, string recommendation, Func<AnswerForm, AnswerForm>? change = null)
    {
        var form = new AnswerForm
        {
            Position = Position.Agreed,
            Actions = [new("Recruit eight case managers.", "Director of Operations", Today.AddDays(60))],
            Name = "Main Contact",
            Role = "Head of Performance",
            Declared = true,
        };
        var outcome = await Parts.GetRequiredService<SubmitReply>().AnswerAsync(
            RecommendationId.Parse(recommendation, null), Link(organisation), change?.Invoke(form) ?? form, Fresh("form"), TestContext.Current.CancellationToken);
        return outcome.Value ?? throw new InvalidOperationException(string.Join(' ', outcome.Refusal!.Problems.Select(p => p.Message)));
    }

    /// <summary>Reports progress as the page does.</summary>
    internal async Task<Recommendation> ReportAsync(string organisation, string recommendation, bool complete)
    {
        var form = new UpdateForm
        {
            Text = "The posts are advertised.",
            Actions = [new(1, complete ? ActionProgress.Complete : ActionProgress.UnderWay, complete ? null : Today.AddDays(90), "Nobody suitable applied.")],
            Name = "Main Contact",
            Role = "Head of Performance",
            Declared = true,
        };
        var outcome = await Parts.GetRequiredService<SubmitReply>().UpdateAsync(
            RecommendationId.Parse(recommendation, null), Link(organisation), form, Fresh("form"), TestContext.Current.CancellationToken);
        return outcome.Value ?? throw new InvalidOperationException(string.Join(' ', outcome.Refusal!.Problems.Select(p => p.Message)));
    }

    /// <summary>Everything in every table and in the queue, but the keys of cookies.</summary>
    public async Task<string> EverythingAsync()
    {
        await Service.SettleAsync();
        var stop = TestContext.Current.CancellationToken;
        var tables = new TableServiceClient(Service.StorageConnectionString);
        var all = new StringBuilder();
        await foreach (var table in tables.QueryAsync(cancellationToken: stop))
        {
            if (table.Name == "DataProtectionKeys")
                continue;
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: stop))
                all.Append(CultureInfo.InvariantCulture, $"{table.Name} {row.PartitionKey} {row.RowKey} {row.ETag} {string.Join(' ', row.Where(p => p.Key.StartsWith("json", StringComparison.Ordinal)).Select(p => p.Value))}\n");
        }

        return all.ToString();
    }

    /// <summary>The emails to an address, the oldest first.</summary>
    internal IReadOnlyList<KeptMessage> To(string address) => [.. Service.Inbox.Where(m => m.IsTo(address))];

    internal static string Category(KeptMessage message) => message.Payload.GetProperty("categories")[0].GetString()!;

    internal static bool IsChasing(KeptMessage message) => Category(message) is "notice" or "reminder" or "overdue" or "escalation";

    internal static string Mid(KeptMessage message) => message.Payload.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("mid").GetString()!;

    internal static string AddressOf(KeptMessage message) => message.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!;

    internal static string TextOf(KeptMessage message) =>
        message.Payload.GetProperty("content").EnumerateArray().First(c => c.GetProperty("type").GetString() == "text/plain").GetProperty("value").GetString()!;

    internal static string HtmlOf(KeptMessage message) =>
        message.Payload.GetProperty("content").EnumerateArray().First(c => c.GetProperty("type").GetString() == "text/html").GetProperty("value").GetString()!;

    /// <summary>The secret of the link in an email; null when it has none.</summary>
    internal static string? TokenIn(KeptMessage message) => Token().Match(TextOf(message)) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("/reply/([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();

    private static Link Link(string organisation) => new()
    {
        Id = "link",
        Hash = Fresh("hash"),
        OrganisationId = FollowUp.Organisations.OrganisationId.Parse(organisation, null),
        Contact = new("Main Contact", FollowUp.Email.EmailAddress.Parse(Address(organisation, "main"), null), Relation.Own, FollowUp.Organisations.ContactRole.Main, FollowUp.Organisations.OrganisationId.Parse(organisation, null)),
        Mid = Guid.NewGuid().ToString("n"),
        CreatedAt = default,
    };

    private WebApplication Compose()
    {
        var key = new WebhookKey(Path.Combine(Service.Options!.Data, "webhooks.pem"));
        var settings = ServiceSettings.For(Service.BaseAddress, Service.Console, Service.StorageConnectionString, Service.Console, key.PublicKey);
        var arguments = settings.Environment.Where(s => s.Key != "ASPNETCORE_ENVIRONMENT").Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}");
        return CustomHandler.Create(["--environment=Development", "--applicationName=FollowUp", .. arguments], Service.Stack.Clock);
    }
}
