using System.Net;
using System.Text.Json;
using FollowUp.Chasing;

namespace FollowUp.Tests.Simulation;

/// <summary>An email that SendGrid has taken.</summary>
internal sealed record Taken(string Mid, string Category, string To, DateTimeOffset At);

/// <summary>A SendGrid that takes, refuses, hangs up and loses answers, and tells later what became of each email.</summary>
internal sealed class SimSendGrid(Random random, SimClock clock, SimFaults faults) : HttpMessageHandler
{
    private static readonly string[] Bad = ["bounce", "dropped", "spamreport"];
    private const string Blocked = "blocked";
    private int events;

    public List<Taken> Inbox { get; } = [];

    /// <summary>Called for every email that SendGrid takes, at that moment.</summary>
    public Action<Taken> OnTaken { get; set; } = _ => { };

    /// <summary>The webhooks that are still to come.</summary>
    public List<(DateTimeOffset At, List<SendGridEvent> Events)> Webhooks { get; } = [];

    /// <summary>Until when it answers nothing but failures.</summary>
    public DateTimeOffset DownUntil { get; set; }

    public bool WebhooksAreLost { get; set; }

    /// <summary>The one answer that it has for everybody; null when it takes emails.</summary>
    public HttpStatusCode? OnlyAnswer { get; set; }

    /// <summary>POSTs of which the service did not learn that they were taken, or that they were not.</summary>
    public int Cut { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (OnlyAnswer is { } status)
        {
            return Answer(status);
        }

        if (clock.UtcNow < DownUntil)
        {
            return random.Next(3) switch
            {
                0 => throw new HttpRequestException(HttpRequestError.ConnectionError),
                1 => Answer(HttpStatusCode.ServiceUnavailable),
                _ => Answer(HttpStatusCode.TooManyRequests),
            };
        }

        switch (faults.On ? random.Next(1000) : 999)
        {
            case < 20:
                return Answer(HttpStatusCode.ServiceUnavailable);
            case < 30:
                return Answer(HttpStatusCode.TooManyRequests);
            case < 34:
                return Answer(HttpStatusCode.BadRequest);
            case < 37:
                return Answer(HttpStatusCode.Unauthorized);
            case < 50:
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            case < 60:
                // Nothing arrived, and nobody knows
                Cut++;
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case < 80:
                Take(request, cancellationToken);
                Cut++;
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
            case < 86:
                Take(request, cancellationToken);
                Cut++;
                faults.Die(SimScheduler.Worker!, "died between acceptance and record");
                return Answer(HttpStatusCode.Accepted);
            default:
                Take(request, cancellationToken);
                return Answer(HttpStatusCode.Accepted);
        }
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent("{}") };
        answer.Headers.Add("X-Message-Id", "sim");
        return Task.FromResult(answer);
    }

    private void Take(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var read = JsonDocument.Parse(request.Content!.ReadAsStream(cancellationToken));
        var mail = read.RootElement;
        var person = mail.GetProperty("personalizations")[0];
        var mid = (mail.TryGetProperty("custom_args", out var arguments) ? arguments : person.GetProperty("custom_args")).GetProperty("mid").GetString()!;
        var taken = new Taken(mid, mail.GetProperty("categories")[0].GetString()!, person.GetProperty("to")[0].GetProperty("email").GetString()!, clock.UtcNow);
        Inbox.Add(taken);
        OnTaken(taken);
        if (!WebhooksAreLost)
        {
            Report(mid);
        }
    }

    /// <summary>Late, twice, out of order or not at all.</summary>
    private void Report(string mid)
    {
        var fate = !faults.On ? "delivered" : random.Next(100) switch { < 3 => Bad[random.Next(3)], < 4 => "deferred", < 5 => Blocked, _ => "delivered" };
        List<SendGridEvent> told = [.. new[] { "processed", fate }.Select(what => new SendGridEvent(mid, what == Blocked ? "bounce" : what, $"e{++events}", what == Blocked ? Blocked : null, null, null))];
        if (faults.On && random.Next(10) == 0)
        {
            told.Reverse();
        }

        var copies = faults.On ? random.Next(100) switch { < 4 => 0, < 90 => 1, _ => random.Next(2, 5) } : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var late = !faults.On || random.Next(10) > 0 ? TimeSpan.FromSeconds(random.Next(1, 300)) : TimeSpan.FromMinutes(random.Next(5, 3000));
            foreach (var some in random.Next(3) == 0 ? told.Select(e => new List<SendGridEvent> { e }) : [told])
            {
                Webhooks.Add((clock.UtcNow + late, some));
            }
        }
    }
}
