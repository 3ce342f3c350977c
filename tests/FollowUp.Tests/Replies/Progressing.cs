using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>An organisation whose answer was accepted and whose progress is asked for, at the page where it reports.</summary>
internal sealed record Progressing(ReplyService Service, Asked Asked, Visitor Ann, Seen Page) : IDisposable
{
    public static readonly (string Name, string Value)[] Report =
        [("actions[0].progress", "Complete"), ("text", "Four have started"), ("name", "Ann First"), ("role", "Head of Service"), ("declared", "true")];

    /// <summary>The address of the recommendation's page.</summary>
    public string Question => Page.Address.Split('#')[0].Replace("/progress", "", StringComparison.Ordinal);

    public static async Task<Progressing> StartAsync(ReplyService service)
    {
        var asked = await service.AskAsync();
        var ann = service.Visitor();
        var question = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        await ann.SendAsync(await ann.SendAsync(question, "continue", Typed.Agreed()), null, Typed.Declaration);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptable" });
        return new Progressing(service, asked, ann, await ann.OpenAsync(question.Address + "/progress"));
    }

    public void Dispose() => Ann.Dispose();
}
