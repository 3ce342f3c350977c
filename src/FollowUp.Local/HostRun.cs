using FollowUp.Local.Sample;
using FollowUp.Local.Service;

namespace FollowUp.Local;

/// <summary>The run of one person who starts the Functions host by hand: say what it must be told, wait for it, load the sample.</summary>
internal static class HostRun
{
    public static async Task RunAsync(LocalStack stack, LocalOptions options, CancellationToken cancellationToken)
    {
        stack.Begin();
        var file = await HostSettings.WriteAsync(stack.Settings, options.Data, cancellationToken);
        options.Say($"""

            Everything around the service runs, in real time. Its inbox is {stack.Console}inbox
            Now start a Functions host on port {stack.Front.Port} with the settings in
              {file}
            Copy that file into the published folder and run there: func start --port {stack.Front.Port}
            Ctrl+C stops everything.
            """);
        await AnswersAsync(stack.Front, cancellationToken);
        options.Say($"The host answers at {stack.Front}");
        if (options.Sample)
            await new SampleRegister(stack, options.Say).LoadAsync(cancellationToken);
        options.Say($"Ready. Staff pages: {stack.Front}staff");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async Task AnswersAsync(Uri front, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = front };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("health", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens there yet
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }
}
