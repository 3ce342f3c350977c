using FollowUp.Evidence;
using FollowUp.Recommendations;
using FollowUp.Telemetry;
using FollowUp.Time;

namespace FollowUp.Replies;

/// <summary>Takes what an organisation sends by a link. Sending the same form twice changes nothing.</summary>
internal sealed class SubmitReply(ChangeRecommendation change, RegisterTable register, FilesTable files, IClock clock)
{
    /// <summary>Whether a form of this link has been taken.</summary>
    public async Task<bool> WasTakenAsync(Link link, string formId, CancellationToken stop) =>
        await register.FindSubmissionAsync(link.OrganisationId, RepeatKey(link, formId), stop) is not null;

    /// <param name="formId">The id that the form carries; the same one a second time leads to the same receipt.</param>
    public Task<Outcome<Recommendation>> AnswerAsync(RecommendationId id, Link link, AnswerForm form, string formId, CancellationToken stop) =>
        RunAsync(id, link, form.Name, formId, (state, situation) => ReplyRule.Answer(state, situation, form, link.Contact), stop);

    /// <inheritdoc cref="AnswerAsync"/>
    public Task<Outcome<Recommendation>> UpdateAsync(RecommendationId id, Link link, UpdateForm form, string formId, CancellationToken stop) =>
        RunAsync(id, link, form.Name, formId, (state, situation) => UpdateAsync(state, situation, form, link, stop), stop);

    /// <inheritdoc cref="AnswerAsync"/>
    public Task<Outcome<Recommendation>> AskForTimeAsync(RecommendationId id, Link link, TimeForm form, string formId, CancellationToken stop) =>
        RunAsync(id, link, form.Name, formId, (state, situation) => ReplyRule.AskForTime(state, situation, form, link.Contact), stop);

    /// <inheritdoc cref="AnswerAsync"/>
    public async Task<Outcome<Recommendation>> NoteAsync(Recommendation state, Link link, NoteForm form, string formId, CancellationToken stop)
    {
        var today = (await register.EventsAsync(state.OrganisationId, state.Id, 0, stop, [])).Count(e => e.Type == EventTypes.NoteReceived && e.At.LondonDate() == clock.UtcNow.LondonDate());
        return today >= NoteForm.MostADay
            ? Refusal.Conflict("So many notes came today that we take no more. Try again tomorrow, or write to the inspectorate.")
            : await RunAsync(state.Id, link, form.Name, formId, (now, situation) => ReplyRule.Note(now, situation, form, link.Contact), stop);
    }

    /// <summary>The files of the draft become the report's in the same transaction; one that is taken away meanwhile asks the rule again.</summary>
    private async Task<Outcome<Change>> UpdateAsync(Recommendation state, Situation situation, UpdateForm form, Link link, CancellationToken stop)
    {
        var unsent = await files.UnsentAsync(link.OrganisationId, state.Id, stop);
        if (ReplyRule.Update(state, situation, form, [.. unsent.Select(f => f.Value)], link.Contact).IsRefused(out var refusal, out var update))
        {
            return refusal;
        }

        return update with { Also = egt => unsent.ToList().ForEach(file => egt.Replace(file, file.Value with { SentAt = situation.Now })) };
    }

    private Task<Outcome<Recommendation>> RunAsync(
        RecommendationId id, Link link, string? name, string formId, Func<Recommendation, Situation, Outcome<Change>> rule, CancellationToken stop) =>
        RunAsync(id, link, name, formId, (state, situation) => Task.FromResult(rule(state, situation)), stop);

    private async Task<Outcome<Recommendation>> RunAsync(
        RecommendationId id, Link link, string? name, string formId, Func<Recommendation, Situation, Task<Outcome<Change>>> rule, CancellationToken stop)
    {
        using var trail = Trail.Follow("reply", link.Mid);
        var actor = new Actor(ActorKind.Provider, name?.Trim() is { Length: > 0 } given ? given : link.Contact.Name, link.Contact.Email.ToString());
        return await change.RunAsync(
            id,
            Command.By(actor, repeatKey: RepeatKey(link, formId)),
            async (state, situation) => state.OrganisationId == link.OrganisationId ? await rule(state, situation) : Refusal.NotFound("This link is for another organisation."),
            stop);
    }

    private static string RepeatKey(Link link, string formId) => $"{link.Hash}|{formId}";
}
