using System.Net;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Replies;

namespace FollowUp.Tests.Contract;

/// <summary>What staff typed when their session has ended in between, and what those see who may not do something.</summary>
[Collection(TheContract.Name)]
public sealed class StaffFormsKeptTests(Inspectorate the)
{
    private static readonly (string, string)[] OwnPage = [("Sec-Fetch-Site", "same-origin")];
    private static readonly (string, string?)[] Typed = [("DueOn.Day", "12"), ("DueOn.Month", "10"), ("DueOn.Year", "2017"), ("Reason", "Typed for an hour")];

    [Fact]
    public async Task What_staff_typed_is_kept_through_the_end_of_a_session_and_sent_after_signing_in_again()
    {
        var (_, id) = await the.RecommendationAsync();
        using var staff = await AccessTests.VisitorAsync(the.Service, "reviewer");
        var form = await staff.OpenAsync($"/staff/recommendations/{id}/extend");
        var session = staff.Cookies.GetCookies(the.Service.BaseAddress)["followup-staff"]!;
        session.Expired = true;

        var kept = await staff.SendAsync(form, null, Typed, OwnPage);
        Assert.Equal((HttpStatusCode.Forbidden, "Sign in again"), (kept.Status, kept.Heading));
        Assert.Equal(["Due on: 12 10 2017", "Reason: Typed for an hour"], kept.Document.QuerySelectorAll("main .govuk-summary-list__row").Select(row => $"{row.Children[0].TextContent.Trim()}: {row.Children[1].TextContent.Trim()}").Order());
        Assert.DoesNotContain(form.Fields["__RequestVerificationToken"], kept.Html, StringComparison.Ordinal);
        Assert.Equal("Sign in again", (await staff.SendAsync(kept, null, [], OwnPage)).Heading);

        staff.Cookies.Add(new Cookie(session.Name, session.Value, "/", the.Service.BaseAddress.Host));
        var check = await staff.SendAsync(kept, null, [], OwnPage);
        Assert.Equal((HttpStatusCode.Forbidden, "Check what you typed"), (check.Status, check.Heading));
        Assert.Equal("2017-09-28", (await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"));
        var done = await staff.SendAsync(check, null, [], OwnPage);
        Assert.Equal((HttpStatusCode.OK, $"/staff/recommendations/{id}"), (done.Status, done.Address));
        Assert.Equal("2017-10-12", (await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"));
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData(null)]
    public async Task What_another_site_sends_is_neither_kept_nor_shown(string? site)
    {
        var (_, id) = await the.RecommendationAsync();
        (string, string)[] headers = site is null ? [] : [("Sec-Fetch-Site", site)];
        using var nobody = new Visitor(the.Service.BaseAddress, _ => "");
        Assert.DoesNotContain("Typed for an hour", (await nobody.PostAsync($"/staff/recommendations/{id}/extend", [("Reason", "Typed for an hour")], headers)).Html, StringComparison.Ordinal);

        using var staff = await AccessTests.VisitorAsync(the.Service, "reviewer");
        var refused = await staff.PostAsync($"/staff/recommendations/{id}/extend", [("Reason", "Typed for an hour")], headers);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.DoesNotContain("Typed for an hour", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_see_a_page_can_sign_out_on_it()
    {
        using var staff = await AccessTests.VisitorAsync(the.Service, "viewer");
        var refused = await staff.OpenAsync("/staff/organisations/new");
        Assert.Equal((HttpStatusCode.Forbidden, "You cannot see this page"), (refused.Status, refused.Heading));
        Assert.Equal("/staff/sign-out", refused.Document.QuerySelector("main form")!.GetAttribute("action"));

        await staff.SendAsync(refused with { Address = "/staff/sign-out" });
        Assert.DoesNotContain(staff.Cookies.GetCookies(the.Service.BaseAddress), cookie => cookie.Name == "followup-staff" && !cookie.Expired);

        // Somebody who is no one has nothing to sign out of
        using var nobody = new Visitor(the.Service.BaseAddress, _ => "");
        Assert.Null((await nobody.OpenAsync("/nowhere")).Document.QuerySelector("form"));
    }
}
