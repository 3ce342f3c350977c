using System.Diagnostics;
using FollowUp.Local;
using FollowUp.Local.Front;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace FollowUp.Benchmarks;

/// <summary>
/// The same chase by Hangfire 1.8 over PostgreSQL: a run finds what is due, puts a job for each organisation into the
/// queue, and each job reads, posts a letter of the same length to the same SendGrid and records it; as many at once.
/// </summary>
internal static class HangfireBenchmark
{
    private static NpgsqlDataSource? source;
    private static Uri? mail;

    public static async Task RunAsync(Numbers numbers)
    {
        var chased = numbers.Of("organisations", 1_000);
        var registered = numbers.Of("recommendations", 10_000);
        using var postgres = Postgres.Start();
        await using var data = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var sink = await MailSink.StartAsync();
        (source, mail) = (data, sink.Address);
        await FillAsync(data, chased, registered);
        GlobalConfiguration.Configuration.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(postgres.ConnectionString), new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(100) });
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = QueuePump.AtOnce, SchedulePollingInterval = TimeSpan.FromSeconds(1) });

        var watch = Stopwatch.StartNew();
        await foreach (var organisation in DueAsync(data))
            BackgroundJob.Enqueue(() => SendAsync(organisation));
        await sink.TakenAsync(chased);
        while (await CountAsync(data) < chased)
            await Task.Delay(10);
        Machine.Say($"Hangfire with PostgreSQL: {chased:#,0} emails in {watch.Elapsed.TotalSeconds:0.0} s, {chased / watch.Elapsed.TotalSeconds:0} a second");
    }

    /// <summary>The job.</summary>
    public static async Task SendAsync(string organisation)
    {
        await using var connection = await source!.OpenConnectionAsync();
        await using var read = new NpgsqlCommand("select text, sent from recommendation where organisation = $1 and due", connection) { Parameters = { new() { Value = organisation } } };
        await using (var reader = await read.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync() || reader.GetBoolean(1))
                return;
        }

        await Letter.PostAsync(mail!);
        await using var record = new NpgsqlCommand("update recommendation set sent = true where organisation = $1 and due", connection) { Parameters = { new() { Value = organisation } } };
        await record.ExecuteNonQueryAsync();
    }

    private static async Task FillAsync(NpgsqlDataSource data, int chased, int registered)
    {
        await using var table = data.CreateCommand("create table recommendation (id int primary key, organisation text not null, text text not null, due bool not null, sent bool not null default false)");
        await table.ExecuteNonQueryAsync();
        await using var rows = data.CreateCommand("insert into recommendation select n, 'org-' || (n % $1), repeat('Make sure of it. ', 10), n < $2 from generate_series(0, $3) n");
        foreach (var number in new[] { 2 * chased, chased, registered - 1 })
            rows.Parameters.Add(new() { Value = number });
        await rows.ExecuteNonQueryAsync();
        await using var index = data.CreateCommand("create index on recommendation (organisation)");
        await index.ExecuteNonQueryAsync();
    }

    private static async IAsyncEnumerable<string> DueAsync(NpgsqlDataSource data)
    {
        await using var command = data.CreateCommand("select organisation from recommendation where due");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return reader.GetString(0);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource data)
    {
        await using var command = data.CreateCommand("select count(*) from recommendation where sent");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>Debian's PostgreSQL, in a folder of its own (<c>apt-get install postgresql</c>). It does not run as root, so as root the user <c>postgres</c> runs it.</summary>
internal sealed class Postgres : IDisposable
{
    private readonly string _folder;
    private readonly string _programs;

    private Postgres(string programs, string folder, int port)
    {
        (_programs, _folder) = (programs, folder);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=90";
    }

    public string ConnectionString { get; }

    public static Postgres Start()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(v => Path.Combine(v, "bin")).LastOrDefault(b => File.Exists(Path.Combine(b, "initdb")))
            : null;
        if (programs is null)
            throw new InvalidOperationException("PostgreSQL is not installed: run apt-get install postgresql, then start this again.");

        var port = FreePort.Next();
        var postgres = new Postgres(programs, $"/tmp/followup-postgres-{port}", port);
        Do($"'{programs}/initdb' -D '{postgres._folder}' -A trust -U postgres && '{programs}/pg_ctl' -D '{postgres._folder}' -o '-p {port} -k /tmp -c listen_addresses=127.0.0.1' -l '{postgres._folder}/log' -w start");
        return postgres;
    }

    public void Dispose() => Do($"'{_programs}/pg_ctl' -D '{_folder}' -m immediate stop && rm -r '{_folder}'");

    private static void Do(string script)
    {
        if (Environment.IsPrivilegedProcess)
            Machine.Run("su", ["postgres", "-c", script]);
        else
            Machine.Run("sh", ["-c", script]);
    }
}
