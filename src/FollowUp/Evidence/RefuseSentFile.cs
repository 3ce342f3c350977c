using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Evidence;

/// <summary>
/// Refuses a file whose report has been sent: the refusal goes into the record, whoever sent the report is told, and staff
/// get a task, in the transaction that marks the file. A crash before it means that the scanner is asked again.
/// </summary>
internal sealed class RefuseSentFile(FilesTable files, ChangeRecommendation change)
{
    /// <param name="row">The file, which awaits the scanner.</param>
    /// <param name="refused">The file as it is to be.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <returns>The file as it is now; it still awaits the scanner when the recommendation is just going to another organisation.</returns>
    public async Task<UploadedFile> RunAsync(Row<UploadedFile> row, UploadedFile refused, CancellationToken stop)
    {
        var file = row.Value;
        var command = Command.By(Actor.Service, repeatKey: "refused|" + file.File.Id);
        var outcome = await change.RunAsync(file.Recommendation, command, (state, situation) => Task.FromResult(Decide(state, row, refused, situation)), stop);
        if (await files.FindAsync(file.OrganisationId, file.Recommendation, file.File.Id, stop) is not { } now)
        {
            return file;
        }

        // Of an organisation that has the recommendation no more the file stands elsewhere, and follows the record; so it does where there is none
        return outcome.Refusal is null or { Kind: RefusalKind.NotFound } && now.Value.State == FileState.Awaiting && await files.ReplaceAsync(now, refused, stop) ? refused : now.Value;
    }

    internal static Outcome<Change> Decide(Recommendation state, Row<UploadedFile> row, UploadedFile refused, Situation situation)
    {
        var file = refused.File;
        var update = state.Updates.LastOrDefault(u => u.Evidence.Any(e => e.Id == file.Id));
        var isTheirs = state.OrganisationId == refused.OrganisationId;
        return new Change(
            state,
            [new NewEvent(EventTypes.EvidenceRefused, new { file = file.Id, name = file.Name, reason = refused.Reason })],
            update is not null && isTheirs ? [new LetterToSend(MessageKind.Receipt, Letters.Of(new Letters.FileRefused(state.Id, state.Text, file.Name, update.By, update.At)), Sender(update, state.OrganisationId, situation))] : Change.NoLetters,
            new StaffTask
            {
                Key = "refused|" + file.Id,
                Kind = TaskKind.EvidenceRefused,
                OrganisationId = state.OrganisationId,
                Recommendation = state.Id,
                What = $"Decide whether the evidence that was refused on recommendation {state.Id} is still needed",
                Why = $"The virus scan found something harmful in {file.Name}, which {situation.Directory.NameOf(refused.OrganisationId)} had sent with its report. It was deleted, and nobody has opened it.{(update is not null && isTheirs ? " Whoever sent it is told by email." : "")}",
                Since = situation.Now,
            })
        {
            Also = isTheirs ? egt => egt.Replace(row, refused) : null,
        };
    }

    /// <summary>Whoever sent the report, while they are a contact; null, and so the main contacts, when they are none any more.</summary>
    private static Recipient[]? Sender(ProgressUpdate update, OrganisationId organisation, Situation situation) =>
        situation.Directory.Find(organisation)?.Contacts.FirstOrDefault(c => c.Email.ToString() == update.By.LinkSentTo && c.IsValidOn(situation.Today)) is { } contact
            ? [new Recipient(contact.Name, contact.Email, Relation.Own, contact.Role, organisation)]
            : null;
}
