using FollowUp.Evidence;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FollowUp.Replies;

/// <summary>
/// Reads a form with a file before anybody else reads it, so that a file that is too large loses nothing that was
/// typed. The file itself is kept only for a browser that has opened the link.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesEvidenceAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the check of the form's token, which reads the form.</summary>
    public int Order => 900;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return;
        }

        var hasOpened = context.RouteData.Values["linkId"] is string linkId && http.RequestServices.GetRequiredService<LinkSession>().Read(http, linkId) is not null;
        if (await FileForm.ReadAsync(http.Request, hasOpened ? FileCheck.MostBytes : 0, http.RequestAborted) is { } status)
        {
            context.Result = new StatusCodeResult(status);
        }
    }
}
