using FollowUp.Chasing;
using FollowUp.Contacts;
using FollowUp.Email;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Simulation;

/// <summary>The real rooms of the service over the modelled storage, clock and SendGrid.</summary>
internal sealed class SimWorld : IDisposable
{
    public SimWorld(int seed, DateTimeOffset start, IReadOnlyDictionary<string, string?>? settings = null)
    {
        Random = new Random(seed);
        Clock = new SimClock(start);
        Faults = new SimFaults(Random, Clock);
        Scheduler = new SimScheduler(Random, Clock);
        Faults.Scheduler = Scheduler;
        Tables = new ModelTables(Faults, Clock);
        Queues = new ModelQueues(Faults);
        SendGrid = new SimSendGrid(Random, Clock, Faults);
        Services = Compose(settings ?? new Dictionary<string, string?>());
    }

    public Random Random { get; }

    public SimClock Clock { get; }

    public SimFaults Faults { get; }

    public SimScheduler Scheduler { get; }

    public ModelTables Tables { get; }

    public ModelQueues Queues { get; }

    public SimSendGrid SendGrid { get; }

    public ServiceProvider Services { get; }

    public RegisterTable Register => Services.GetRequiredService<RegisterTable>();

    /// <summary>Runs something without faults and without other workers.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="failsAt">Asked before each storage operation, by the table's name and what is done, whether storage is out of reach; null where it never is.</param>
    /// <param name="losesAnswerAt">Asked after each in the same way: with which status its answer is lost, though it was done.</param>
    public void Calmly(Func<Task> work, Func<string?, string, bool>? failsAt = null, Func<string?, string, int?>? losesAnswerAt = null)
    {
        var on = Faults.On;
        Faults.On = false;
        var task = Scheduler.Start(new SimWorker("calm", new()) { FailsAt = failsAt, LosesAnswerAt = losesAnswerAt }, work);
        Scheduler.RunUntilQuiet();
        Faults.On = on;
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("Something waits for what never comes.");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs something up to where it is killed.</summary>
    /// <param name="isKilledAt">Asked before each storage operation, by the table's name and what is done.</param>
    /// <param name="work">What to run.</param>
    public void Killing(Func<string?, string, bool> isKilledAt, Func<Task> work)
    {
        var task = Scheduler.Start(new SimWorker("killed", new()) { IsKilledAt = isKilledAt }, work);
        Scheduler.RunUntilQuiet();
        Assert.False(task.IsCompleted, "It was to be killed on its way, and has come to its end.");
    }

    public void LoadDirectory() => Calmly(async () =>
    {
        foreach (var organisation in Gloucestershire.Directory.All)
        {
            await Services.GetRequiredService<OrganisationsTable>().SaveAsync(null, organisation, "test", Clock.UtcNow, default);
        }
    });

    /// <summary>Issues an inspection, unless an organisation has nobody who could get it or has ended.</summary>
    public void Issue(string id, int toCrc, int toNps, DateOnly publishedOn) => Calmly(async () =>
    {
        var inspection = A.Inspection(id, id, publishedOn, id) with { Stage = InspectionStage.Draft, IssuedOn = null };
        var drafts = Enumerable.Range(1, toCrc + toNps).Select(n => new DraftRecommendation
        {
            Number = RecommendationNumber.Parse($"{n}", null),
            OrganisationId = (n <= toCrc ? Gloucestershire.Crc : Gloucestershire.Nps).Id,
            Text = $"Recommendation {n}",
        });
        await Services.GetRequiredService<InspectionsTable>().InsertAsync(inspection, [.. drafts], default);
        (await Services.GetRequiredService<IssueInspection>().RunAsync(inspection.Id, Actor.Service, default)).IsRefused(out _, out _);
    });

    public void Dispose()
    {
        Services.Dispose();
        SendGrid.Dispose();
    }

    private ServiceProvider Compose(IReadOnlyDictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Microsoft.Extensions.Logging.Abstractions.NullLogger<>));
        services.AddSingleton<IHostEnvironment>(new Environment());
        services.AddSingleton(new Store(Tables, Queues, new ModelBlobs(Faults)));
        services.AddSingleton<ChangeStamp>();
        services.AddSingleton<IClock>(Clock);
        services.AddSingleton(Options.Create(new EmailSettings { From = "followup@inspectorate.example", FromName = "Inspectorate", AllowedDomains = { "example" } }));
        services.AddSingleton(Options.Create(new SendGridSettings { ApiKey = "x", Host = new Uri("https://sendgrid.example") }));
        services.AddSingleton(Options.Create(new InspectorateSettings { Name = "HM Inspectorate of Probation", Mailbox = "mailbox@inspectorate.example" }));
        services.AddSingleton(Options.Create(new FollowUpSettings { BaseAddress = new Uri("https://followup.example") }));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddRecommendations(configuration);
        services.AddContacts();
        services.AddEvidence(configuration);
        services.AddChasing(configuration);
        services.AddSingleton<TimeProvider>(Clock);

        // Each worker is a process of its own, which shares no reading with another
        services.AddTransient<BrakesTable>();
        var http = new HttpClient(SendGrid, disposeHandler: false);
        services.AddSingleton(http);
        services.AddSingleton<SendGridSender>();
        return services.BuildServiceProvider();
    }

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Development";

        public string ApplicationName { get; set; } = "FollowUp";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
