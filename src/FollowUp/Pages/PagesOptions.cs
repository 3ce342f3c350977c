using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Pages;

/// <summary>What every page of the service has in common.</summary>
internal sealed class PagesOptions
{
    /// <summary>The address at which people reach the service; with https, browsers are told to keep to it.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Whose service this is, for the header; none shows the service's own name.</summary>
    public string? Organisation { get; set; }

    /// <summary>Where to report a weakness (an address with its scheme), for security.txt; none offers no such file.</summary>
    public Uri? SecurityContact { get; set; }

    /// <summary>Origins outside the service to which a form's answer may redirect, such as the sign-in service's.</summary>
    public IList<string> FormTargets { get; } = [];

    /// <summary>The status code that an unexpected error is answered with.</summary>
    public Func<Exception, int> StatusOf { get; set; } = error =>
        error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    /// <summary>What is shown in place of the error page for a request to an address, where what somebody typed would be lost; null shows the error page.</summary>
    public Func<HttpContext, PathString, Task<IActionResult?>> Rescue { get; set; } = (_, _) => Task.FromResult<IActionResult?>(null);

    /// <summary>How long a request may take.</summary>
    public RequestTimes Times { get; set; } = RequestTimes.Usual;

    /// <summary>Whether a request is one that looks after its time itself, such as a run of the chase.</summary>
    public Func<HttpContext, bool> HasItsOwnTime { get; set; } = _ => false;

    public bool IsHttps => BaseAddress?.Scheme == Uri.UriSchemeHttps;

    public CookieSecurePolicy CookiePolicy => IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}

/// <summary>An entry of the staff's navigation; rooms add their own.</summary>
/// <param name="Also">Other addresses whose pages stand under the entry.</param>
/// <param name="Count">How many things wait there, shown beside the entry on every page, so it must be cheap.</param>
internal sealed record StaffNavigationItem(string Text, string Href, int Order, IReadOnlyList<string> Also, Func<IServiceProvider, CancellationToken, Task<int>>? Count)
{
    /// <summary>How well the entry fits a page: the longest address that the page lies under; 0 when it lies under none.</summary>
    public int Fits(PathString page) => new[] { Href }.Concat(Also).Where(href => page.StartsWithSegments(href)).Select(href => href.Length).DefaultIfEmpty().Max();
}
