using FollowUp.Pages.Markup;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FollowUp.Pages;

/// <summary>What a page tells the layout through its view data.</summary>
internal sealed class Frame(ViewDataDictionary data, HttpContext context, IEnumerable<StaffNavigationItem> navigation)
{
    public const string Service = "FollowUp";
    private const int MostCounted = 99;
    private readonly Dictionary<StaffNavigationItem, int> counts = [];

    public bool IsStaff => data["Nav"] as string == "staff";

    public string? BackLink => data["BackLink"] as string;

    /// <summary>Whether the page's forms say from which site they come: without it they say "null", as a stranger's could.</summary>
    public bool TellsOrigin => data["TellsOrigin"] is true;

    public bool IsWide => data["Wide"] is true;

    public string Title
    {
        get
        {
            var title = data["Title"] is string { Length: > 0 } words ? $"{words} - {Service}" : Service;
            return data.ModelState.ErrorCount > 0 ? "Error: " + title : title;
        }
    }

    /// <summary>Counts what waits under each entry, for a page that shows them to somebody who has signed in.</summary>
    public async Task CountAsync()
    {
        foreach (var item in IsStaff && context.User.Identity is { IsAuthenticated: true } ? navigation : [])
        {
            counts[item] = item.Count is { } count ? await count(context.RequestServices, context.RequestAborted) : 0;
        }
    }

    public IHtmlContent ServiceNavigation(string? organisation)
    {
        var links = IsStaff ? Links() : [];
        return organisation is null && links.Count == 0 ? HtmlString.Empty : new ServiceNavigation
        {
            ServiceName = organisation is null ? null : Service,
            ServiceUrl = IsStaff ? "/staff" : null,
            Navigation = links,
        }.Render();
    }

    private List<NavigationLink> Links()
    {
        var items = navigation.OrderBy(item => item.Order).ToArray();
        var here = context.Request.Path;
        // The longest address that the page lies under: /staff is the start of all of them
        var current = items.Where(item => item.Fits(here) > 0).MaxBy(item => item.Fits(here));
        return [.. items.Select(item => new NavigationLink
        {
            Html = Words(item),
            Href = item.Href,
            Current = item == current && here == item.Href,
            Active = item == current,
        })];
    }

    private Pieces Words(StaffNavigationItem item) => new(
        new TextContent(item.Text),
        counts.GetValueOrDefault(item) is > 0 and var count
            ? new Pieces(new TextContent(" "), new Element("span").Class("moj-badge", "followup-count").Add(new TextContent(count > MostCounted ? $"{MostCounted}+" : $"{count}"), new Element("span").Class("govuk-visually-hidden").Text(" open")))
            : null);
}
