using FollowUp.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace FollowUp.Recommendations;

/// <summary>Tells staff at once of a row that a request could do nothing without. What is answered is the error page's business.</summary>
internal sealed class TellOfUnreadable(ReportUnreadable report) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is UnreadableRowException damage)
        {
            await report.RunAsync([damage.Row], cancellationToken);
        }

        return false;
    }
}
