using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Contacts;

/// <summary>What staff say to a contact that an organisation has named. The person who asked is told either way.</summary>
internal sealed class DecideNomination(RegisterTable register, NominationsTable nominations, TasksTable tasks, ReadSituation readSituation, PostLetters letters, TakeOver takeOver, IClock clock)
{
    private const int Tries = 5;

    public async Task<Outcome<Nomination>> RunAsync(OrganisationId organisation, string id, bool agree, Actor by, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await nominations.FindAsync(organisation, id, stop) is not { } row)
            {
                return Refusal.NotFound("Nobody has been named here.");
            }

            if (row.Value.Status != NominationStatus.Waiting)
            {
                var wasAgreed = row.Value.Status != NominationStatus.Refused;
                return wasAgreed == agree ? row.Value : Refusal.Conflict($"{row.Value.DecidedBy} has decided this already.");
            }

            var decided = row.Value with { Status = agree ? NominationStatus.Agreed : NominationStatus.Refused, DecidedAt = clock.UtcNow, DecidedBy = by.Name };
            var egt = RegisterTable.Change(organisation).Replace(row, decided);
            if (await tasks.FindAsync(organisation, NameContact.TaskKey(id), stop) is { Value.DoneAt: null } task)
            {
                egt.Replace(task, task.Value with { DoneAt = clock.UtcNow, DoneBy = by.Name });
            }

            var posts = agree ? [] : await RefusedAsync(decided, stop);
            await letters.AddAsync(egt, posts, stop);
            if (await register.CommitAsync(egt, stop))
            {
                await letters.RingAsync(posts, stop);
                return agree ? await takeOver.RunAsync(organisation, id, stop) : decided;
            }
        }

        return Refusal.Conflict("Others are changing this just now. Try again in a moment.");
    }

    private async Task<IReadOnlyList<Post>> RefusedAsync(Nomination named, CancellationToken stop)
    {
        var letter = Letters.Of(new Letters.NamingDecided(named.Contact.Name, named.Contact.Email.ToString(), named.Contact.Role, named.Replaces, Agreed: false));
        return [Post.To(named.By, named.OrganisationId, MessageKind.Receipt, letter, $"named|{named.Id}|by", await readSituation.RunAsync(stop))];
    }
}
