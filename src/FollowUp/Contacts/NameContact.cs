using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Contacts;

/// <summary>
/// Takes the name of a colleague from somebody with a link. At one of the organisation's own mail domains the colleague
/// takes over at once; otherwise staff decide. What was meant is written first, so that a crash loses nothing.
/// </summary>
internal sealed class NameContact(ReadSituation readSituation, RegisterTable register, NominationsTable nominations, TasksTable tasks, TakeOver takeOver)
{
    private const int Tries = 5;

    /// <param name="link">The link of whoever names somebody.</param>
    /// <param name="formId">The id of the form; the same one a second time names nobody twice.</param>
    public async Task<Outcome<Nomination>> RunAsync(Link link, NominationForm form, string formId, CancellationToken stop)
    {
        var repeatKey = $"{link.Hash}|{formId}";
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await register.FindSubmissionAsync(link.OrganisationId, repeatKey, stop) is { Value.Result: { } done })
            {
                return (await nominations.FindAsync(link.OrganisationId, done, stop))!.Value;
            }

            var situation = await readSituation.RunAsync(stop);
            if (situation.Directory.Find(link.OrganisationId) is not { } organisation || !LinkRule.IsStillTheirs(link, situation.Directory, situation.Today))
            {
                return Refusal.NotFound("This link is no longer yours.");
            }

            if (form.Read(link, organisation, situation).IsRefused(out var refusal, out var named))
            {
                return refusal;
            }

            var (today, byLink) = await CountAsync(link, situation.Today, stop);
            if (today >= NominationRule.MostADay || byLink >= NominationRule.MostADayByOneLink)
            {
                return Refusal.Conflict("So many colleagues were named today that we take no more. Try again tomorrow, or write to the inspectorate.");
            }

            named = named with { Id = NominationsTable.Id(situation.Today, today + 1) };
            if (await WriteAsync(named, organisation, repeatKey, stop))
            {
                return named.Status == NominationStatus.Agreed ? await takeOver.RunAsync(named.OrganisationId, named.Id, stop) : named;
            }
        }

        return Refusal.Conflict("Others are changing this organisation just now. Try again in a moment.");
    }

    private async Task<(int Today, int ByLink)> CountAsync(Link link, DateOnly today, CancellationToken stop)
    {
        var (all, byLink, unreadable) = (0, 0, new List<UnreadableRow>());
        await foreach (var row in nominations.SinceAsync(link.OrganisationId, today, unreadable, stop))
        {
            all++;
            byLink += row.Value.LinkId == link.Id ? 1 : 0;
        }

        // The number of a day is its key, and that of one which cannot be read is taken too
        return (all + unreadable.Count, byLink);
    }

    private async Task<bool> WriteAsync(Nomination named, Organisation organisation, string repeatKey, CancellationToken stop)
    {
        var egt = RegisterTable.Change(named.OrganisationId)
            .Insert(NominationsTable.Key(named.Id), named)
            .Insert(RegisterTable.SubmissionKey(repeatKey), new Submission(named.Id, named.At, named.Id));
        if (named.Status == NominationStatus.Waiting)
        {
            var task = TaskOf(named, organisation);
            await tasks.ListAsync(task, stop);
            egt.Insert(TasksTable.RowKey(task.Key), task);
        }

        return await register.CommitAsync(egt, stop);
    }

    private static StaffTask TaskOf(Nomination named, Organisation organisation) => new()
    {
        Key = TaskKey(named.Id),
        Kind = TaskKind.ContactNamed,
        OrganisationId = named.OrganisationId,
        What = $"Decide whether {named.Contact.Name} becomes {named.Contact.Role.InWords()} of {organisation.Name}",
        Why = $"{named.By.Name} ({named.By.Email}) has named {named.Contact.Name} ({named.Contact.Email}){(named.Replaces ? " to take over from them" : "")}. The address is at none of the organisation’s own mail domains, so nothing changes until you decide.",
        Since = named.At,
        Subject = named.Id,
    };

    public static string TaskKey(string id) => $"named|{id}";
}
