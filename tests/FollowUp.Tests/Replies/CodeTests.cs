using System.Net;
using System.Text.RegularExpressions;
using FollowUp.Local.Mail;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>The entry that sends a code to the mailbox on record.</summary>
public sealed partial class CodeTests : IAsyncLifetime
{
    private readonly ReplyService service = new();

    public async ValueTask InitializeAsync()
    {
        service.Local.Settings["Replies__Entry"] = "code";
        await service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_code_opens_the_link_once_and_lies_nowhere_but_in_the_email()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var wanted = await AskAsync(visitor, asked);
        Assert.Equal("Enter the code", wanted.Heading);
        var email = Assert.Single(Codes(asked));
        var code = CodeIn(email);
        Assert.DoesNotContain("/reply/", email.Payload.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(code, service.Local.Log, StringComparison.Ordinal);

        Assert.Equal(["Enter the code that we sent to you"], (await visitor.SendAsync(wanted, null, ("Code", ""))).Errors);
        var wrong = await visitor.SendAsync(wanted, null, ("Code", code == "000000" ? "000001" : "000000"));
        Assert.StartsWith("This is not the code", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.Equal("Recommendation 1", (await visitor.SendAsync(wrong, null, ("Code", $" {code[..3]} {code[3..]}"))).Heading);

        using var other = service.Visitor();
        var again = await other.SendAsync(await other.OpenAsync(asked.Ann), null, ("Email", $"ann@{asked.Organisation}.example"));
        Assert.StartsWith("This code cannot be used", Assert.Single((await other.SendAsync(again, null, ("Code", code))).Errors), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync(string.Join('/', wrong.Address.Split('/')[..2]) + "/for/x")).Status);
    }

    [Fact]
    public async Task Only_the_right_address_has_a_code_sent_and_not_more_than_one_a_minute()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var entry = await visitor.OpenAsync(asked.Ann);
        await visitor.SendAsync(entry, null, ("Email", $"bob@{asked.Organisation}.example"));
        await visitor.SendAsync(entry, null, ("Email", ""));
        await service.Local.SettleAsync();
        Assert.Empty(Codes(asked));

        var wanted = await AskAsync(visitor, asked);
        Assert.Null(wanted.Document.QuerySelector(".govuk-notification-banner"));
        for (var n = 0; n < 3; n++)
            Assert.Contains("We have sent another code, unless", (await visitor.SendAsync(wanted, "again")).Document.QuerySelector(".govuk-notification-banner")!.TextContent, StringComparison.Ordinal);
        await service.Local.SettleAsync();
        Assert.Single(Codes(asked));
    }

    [Fact]
    public async Task A_code_ends_after_15_minutes_and_another_can_be_asked_for()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var wanted = await AskAsync(visitor, asked);
        var first = CodeIn(Assert.Single(Codes(asked)));
        var now = service.Local.Now;
        await service.Local.MoveClockAsync(DateOnly.FromDateTime(now.DateTime), TimeOnly.FromDateTime(now.DateTime).AddMinutes(16));

        Assert.StartsWith("This code cannot be used", Assert.Single((await visitor.SendAsync(wanted, null, ("Code", first))).Errors), StringComparison.Ordinal);
        await visitor.SendAsync(wanted, "again");
        await service.Local.SettleAsync();
        Assert.Equal("Recommendation 1", (await visitor.SendAsync(wanted, null, ("Code", CodeIn(Codes(asked)[1])))).Heading);
    }

    private async Task<Seen> AskAsync(Visitor visitor, Asked asked)
    {
        var page = await visitor.SendAsync(await visitor.OpenAsync(asked.Ann), null, ("Email", $"ann@{asked.Organisation}.example"));
        await service.Local.SettleAsync();
        return page;
    }

    private List<KeptMessage> Codes(Asked asked) => [.. service.Local.Inbox.Where(m => m.IsTo($"ann@{asked.Organisation}.example") && Inspectorate.Category(m) == "code")];

    private static string CodeIn(KeptMessage email) => Six().Match(Inspectorate.TextOf(email)).Groups[1].Value;

    [GeneratedRegex("Code: ([0-9]{6})")]
    private static partial Regex Six();
}
