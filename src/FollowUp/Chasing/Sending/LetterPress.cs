using Azure;
using Azure.Storage.Blobs.Models;
using FollowUp.Chasing.Letters;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>Writes a message as an email, and keeps a copy of what was written with the link’s token or the code cut out.</summary>
internal sealed class LetterPress(Store store, RegisterTable register, ReportUnreadable report, IOptions<InspectorateSettings> inspectorate, IOptions<FollowUpSettings> service)
{
    public async Task<RenderedEmail> PrintAsync(Message message, IReadOnlyList<(MessageItem Item, Recommendation State)> items, ChaseContext context, Secret secret, CancellationToken stop)
    {
        if (message.Letter is { } letter && (message.Kind == MessageKind.StaffDigest || letter.Is<Recommendations.Letters.ContactsChanged>()))
        {
            return await KeepAsync(message.Mid, RenderAlone(message, letter, context), stop);
        }

        var letterItems = new List<LetterItem>();
        var sent = message.Recipient.Relation == Relation.Own ? null : await SentAsync(message.OrganisationId, [.. items.Select(i => i.State)], stop);
        foreach (var (item, state) in items)
        {
            var soFar = sent is null ? null : EarlierEmail.Of(state, sent, context.Situation.Ladder, context.Situation.Today);
            letterItems.Add(new LetterItem(state, await context.InspectionAsync(state.Id.Inspection, stop), context.Situation.Ladder.Find(item.Step), soFar));
        }

        await KeepAsync(message.Mid, Render(message, letterItems, context, secret.CutOut), stop);
        return Render(message, letterItems, context, secret);
    }

    /// <summary>The email as it was sent, with the secret of the link cut out; null when it was never written.</summary>
    public async Task<RenderedEmail?> FindCopyAsync(string mid, CancellationToken stop)
    {
        try
        {
            BlobDownloadResult copy = await store.Emails.GetBlobClient($"{mid}.json").DownloadContentAsync(stop);
            return Json.Read<RenderedEmail>(copy.Content.ToString());
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A letter that is about no recommendation and brings no link.</summary>
    private RenderedEmail RenderAlone(Message message, Letter letter, ChaseContext context) => EmailRenderer.Render(
        letter.Is<Recommendations.Letters.ContactsChanged>()
            ? ContactsChangedLetter.Write(letter.Facts<Recommendations.Letters.ContactsChanged>(), message.Recipient.Name, context.Situation.Directory.NameOf(message.OrganisationId), inspectorate.Value.Name)
            : StaffDigestLetter.Write(letter.Facts<StaffDigest>(), message.Recipient.Name, new Uri(service.Value.BaseAddress, "staff")),
        new EmailFrame(inspectorate.Value.Name, inspectorate.Value.Mailbox));

    private async Task<RenderedEmail> KeepAsync(string mid, RenderedEmail copy, CancellationToken stop)
    {
        await store.Emails.GetBlobClient($"{mid}.json").UploadAsync(
            BinaryData.FromString(Json.Write(copy)), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, stop);
        return copy;
    }

    private RenderedEmail Render(Message message, IReadOnlyList<LetterItem> items, ChaseContext context, Secret secret)
    {
        var situation = context.Situation;
        var facts = new LetterFacts
        {
            Recipient = message.Recipient,
            Organisation = situation.Directory.Find(message.OrganisationId) ?? throw new InvalidOperationException($"The organisation {message.OrganisationId} is not in the directory."),
            OrganisationDirectory = situation.Directory,
            Suspended = context.Suspended,
            Items = items,
            Letter = message.Letter,
            Today = situation.Today,
            Calendar = situation.Calendar,
            Ladder = situation.Ladder,
            InspectorateName = inspectorate.Value.Name,
            Link = LinkOf(message, items, secret.Token),
            Code = secret.Code,
        };
        return EmailRenderer.Render(LetterWriter.Write(facts), new EmailFrame(inspectorate.Value.Name, inspectorate.Value.Mailbox));
    }

    /// <summary>The messages since the first of some asks was opened, for those who come to it late.</summary>
    private async Task<IReadOnlyList<Message>> SentAsync(OrganisationId organisation, IReadOnlyList<Recommendation> states, CancellationToken stop)
    {
        // A message that cannot be read is left out of the story; staff are told
        var (messages, unreadable) = (new List<Message>(), new List<UnreadableRow>());
        await foreach (var row in register.MessagesAsync(organisation, states.Min(s => s.Ask.OpenedOn), stop, unreadable))
        {
            messages.Add(row.Value);
        }

        await report.RunAsync(unreadable, stop);
        return messages;
    }

    private Uri LinkOf(Message message, IReadOnlyList<LetterItem> items, string? token) =>
        new(service.Value.BaseAddress, token is not null ? $"reply/{token}" : items.Count == 1 ? $"staff/recommendations/{items[0].Recommendation.Id}" : $"staff/organisations/{message.OrganisationId}");
}
