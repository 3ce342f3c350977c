using FollowUp.Local.Azurite;
using FollowUp.Local.Front;
using FollowUp.Local.Service;

namespace FollowUp.Local;

/// <summary>Where and how the parts run on this machine.</summary>
internal sealed record LocalOptions
{
    public static DateTimeOffset Beginning { get; } = new(2017, 8, 31, 9, 0, 0, TimeSpan.FromHours(1));

    public int FrontPort { get; init; } = 7071;

    public int ConsolePort { get; init; } = 5100;

    public HttpMode HttpMode { get; init; } = HttpMode.Proxying;

    /// <summary>Calls timers and the queue as the host does under Core Tools.</summary>
    public bool CoreTools { get; init; }

    /// <summary>Holds the register, the inbox, the clock's position and the keys.</summary>
    public required string Data { get; init; }

    /// <summary>Storage that runs already, as a connection string; null starts Azurite over the data folder.</summary>
    public string? Storage { get; init; }

    public DateTimeOffset StartsAt { get; init; } = Beginning;

    /// <summary>Between moves the clock runs with real time and fires the timers; otherwise it stands still.</summary>
    public bool ClockRuns { get; init; } = true;

    /// <summary>Messages stay in the queue until its owner runs <see cref="LocalStack.Queue"/>.</summary>
    public bool HoldsQueue { get; init; }

    /// <summary>Loads the directory of 2017 and the Gloucestershire inspection.</summary>
    public bool Sample { get; init; } = true;

    /// <summary>The folder of a published package or a build, whose own executable is started as the Functions host does it; it knows real time only. Null starts the service with the movable clock.</summary>
    public string? Package { get; init; }

    /// <summary>Starts the surroundings alone, in real time: the service runs under a Functions host that somebody else starts at the front's port.</summary>
    public bool ServiceElsewhere { get; init; }

    public HostPatience Patience { get; init; } = HostPatience.Default;

    /// <summary>Settings of the service, by the names of its environment, beyond or instead of the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Through which the service reaches storage and SendGrid; null lets it reach them directly.</summary>
    public ServiceTap? Tap { get; init; }

    public Action<string> Say { get; init; } = Console.WriteLine;

    public static LocalOptions From(IConfiguration configuration)
    {
        var local = configuration.GetSection("Local");
        var elsewhere = local["Service"] switch
        {
            null or "own" => false,
            "none" => true,
            var other => throw new InvalidOperationException($"Local:Service is “{other}”: set it to own, or to none to start only what is around the service."),
        };
        var data = Path.GetFullPath(local["Data"] ?? Path.Combine(RepositoryRoot.Find(), ".local", elsewhere ? "host" : ""));
        return new LocalOptions
        {
            Data = data,
            FrontPort = local.GetValue("Port", 7071),
            ConsolePort = local.GetValue("ConsolePort", 5100),
            HttpMode = local.GetValue("HttpMode", HttpMode.Proxying),
            Sample = local.GetValue("Sample", true),
            ServiceElsewhere = elsewhere,
            Settings = elsewhere ? HostSettings.AtAnyHour : new Dictionary<string, string>(),
        };
    }
}
