using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace FollowUp.Email;

/// <summary>An email, ready to go.</summary>
/// <param name="Mid">Our id of it, which comes back with every event about it.</param>
/// <param name="Category">Its kind, as SendGrid counts it.</param>
public sealed record OutgoingEmail(string Mid, string Category, Person To, string Subject, string Html, string Text);

/// <summary>What became of an attempt to send.</summary>
public enum SendResult
{
    /// <summary>SendGrid has taken it.</summary>
    Accepted,

    /// <summary>SendGrid will never take it.</summary>
    RefusedForGood,

    /// <summary>SendGrid did not take it now and may later.</summary>
    RefusedForNow,

    /// <summary>SendGrid refuses our account, or <c>SendGrid__Host</c> leads elsewhere: no email is taken until a person has mended that.</summary>
    AccountRefused,

    /// <summary>It never left this machine.</summary>
    NeverLeft,

    /// <summary>It left this machine and no answer came.</summary>
    Unknown,
}

/// <summary>The result, with the reason in words and, where SendGrid gives them, its id and when to try again.</summary>
public sealed record SendOutcome(SendResult Result, string Reason, string? ProviderId = null, TimeSpan? RetryAfter = null);

/// <summary>
/// Hands an email to SendGrid: one POST, with its own retry off, click, open and subscription tracking off, and our id
/// as the only custom argument.
/// </summary>
internal sealed class SendGridSender(HttpClient http, IOptions<SendGridSettings> sendGrid, IOptions<EmailSettings> email, IOptions<InspectorateSettings> inspectorate)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public async Task<SendOutcome> SendAsync(OutgoingEmail outgoing, CancellationToken stop)
    {
        var client = new SendGridClient(http, new SendGridClientOptions { ApiKey = sendGrid.Value.ApiKey, Host = sendGrid.Value.Host.ToString().TrimEnd('/') });
        try
        {
            var response = await client.SendEmailAsync(Compose(outgoing), stop);
            return await ReadAsync(response, stop);
        }
        catch (BrokenCircuitException open)
        {
            return new SendOutcome(SendResult.NeverLeft, "SendGrid has failed too often; sending rests for a moment.", RetryAfter: open.RetryAfter);
        }
        catch (TimeoutRejectedException)
        {
            return new SendOutcome(SendResult.Unknown, "SendGrid did not answer in time.");
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            return new SendOutcome(SendResult.Unknown, "SendGrid began to answer and did not end in time.");
        }
        catch (HttpRequestException failure)
        {
            return Classify(failure);
        }
    }

    /// <summary>Whether the request can have left this machine when it failed.</summary>
    internal static SendOutcome Classify(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError =>
            new SendOutcome(SendResult.NeverLeft, $"SendGrid could not be reached ({failure.HttpRequestError})."),
        _ => new SendOutcome(SendResult.Unknown, $"The connection to SendGrid failed after the email was sent ({failure.HttpRequestError})."),
    };

    private static async Task<SendOutcome> ReadAsync(Response response, CancellationToken stop)
    {
        var code = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            var id = response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.FirstOrDefault() : null;
            return new SendOutcome(SendResult.Accepted, "SendGrid has taken the email.", id);
        }

        var body = await response.Body.ReadAsStringAsync(stop);
        var reason = string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {code}: {(body.Length > 300 ? body[..300] : body)}");
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new SendOutcome(SendResult.RefusedForNow, reason, RetryAfter: Wait(response)),
            // Whoever answers that there is nothing to post to, sends us elsewhere, or has only looked at it (200), says it of every email
            < HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new SendOutcome(SendResult.AccountRefused, reason),
            HttpStatusCode.RequestTimeout => new SendOutcome(SendResult.Unknown, reason),
            >= HttpStatusCode.InternalServerError => new SendOutcome(SendResult.RefusedForNow, reason),
            _ => new SendOutcome(SendResult.RefusedForGood, reason),
        };
    }

    /// <summary>How long SendGrid asks us to wait; believed for an hour at most, so that a wrong number does not end the chase.</summary>
    private static TimeSpan? Wait(Response response)
    {
        var now = TimeProvider.System.GetUtcNow();
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => response.Headers.TryGetValues("X-RateLimit-Reset", out var resets)
                && long.TryParse(resets.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
                    // The number may be of any size, and only small ones are days of the calendar
                    ? TimeSpan.FromSeconds(Math.Min(reset - now.ToUnixTimeSeconds(), LongestWait.TotalSeconds))
                    : TimeSpan.Zero,
        };
        return asked <= TimeSpan.Zero ? null : asked < LongestWait ? asked : LongestWait;
    }

    private SendGridMessage Compose(OutgoingEmail outgoing)
    {
        var message = new SendGridMessage
        {
            From = new SendGrid.Helpers.Mail.EmailAddress(email.Value.From, email.Value.FromName),
            ReplyTo = new SendGrid.Helpers.Mail.EmailAddress(inspectorate.Value.Mailbox, inspectorate.Value.Name),
            Subject = outgoing.Subject,
            PlainTextContent = outgoing.Text,
            HtmlContent = outgoing.Html,
        };
        message.AddTo(new SendGrid.Helpers.Mail.EmailAddress(outgoing.To.Email.ToString(), outgoing.To.Name));
        message.AddCategory(outgoing.Category);
        message.AddCustomArg("mid", outgoing.Mid);
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        message.SetSubscriptionTracking(enable: false);
        return message;
    }

}
