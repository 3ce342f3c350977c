using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FollowUp.Chasing.Letters;
using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>Writes a message as an email, and keeps a copy of what was written with the secret of the link cut out.</summary>
internal sealed class LetterPress(Store store, IOptions<InspectorateSettings> inspectorate, IOptions<FollowUpSettings> service)
{
    private const string CutOut = "link-cut-out";

    public async Task<RenderedEmail> PrintAsync(Message message, IReadOnlyList<(MessageItem Item, Recommendation State)> items, ChaseContext context, LinkToken? token, CancellationToken stop)
    {
        var letterItems = new List<LetterItem>();
        foreach (var (item, state) in items)
        {
            letterItems.Add(new LetterItem(state, await context.InspectionAsync(state.Id.Inspection, stop), context.Situation.Ladder.Find(item.Step)));
        }

        var rendered = Render(message, letterItems, context, LinkOf(items, token?.Text));
        var copy = Render(message, letterItems, context, LinkOf(items, token is null ? null : CutOut));
        await store.Emails.GetBlobClient($"{message.Mid}.json").UploadAsync(
            BinaryData.FromString(Json.Write(copy)), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } }, stop);
        return rendered;
    }

    /// <summary>The email as it was sent, with the secret of the link cut out; null when it was never written.</summary>
    public async Task<RenderedEmail?> FindCopyAsync(string mid, CancellationToken stop)
    {
        var blob = store.Emails.GetBlobClient($"{mid}.json");
        if (!await blob.ExistsAsync(stop))
        {
            return null;
        }

        BlobDownloadResult content = await blob.DownloadContentAsync(stop);
        return Json.Read<RenderedEmail>(content.Content.ToString());
    }

    private RenderedEmail Render(Message message, IReadOnlyList<LetterItem> items, ChaseContext context, Uri link)
    {
        var situation = context.Situation;
        var facts = new LetterFacts
        {
            Kind = message.Kind,
            Recipient = message.Recipient,
            Organisation = situation.Directory.Find(message.OrganisationId) ?? throw new InvalidOperationException($"The organisation {message.OrganisationId} is not in the directory."),
            OrganisationDirectory = situation.Directory,
            Items = items,
            Letter = message.Letter,
            Today = situation.Today,
            Calendar = situation.Calendar,
            Ladder = situation.Ladder,
            InspectorateName = inspectorate.Value.Name,
            InspectorateMailbox = inspectorate.Value.Mailbox,
            Link = link,
        };
        return EmailRenderer.Render(LetterWriter.Write(facts), new EmailFrame(inspectorate.Value.Name, inspectorate.Value.Mailbox));
    }

    private Uri LinkOf(IReadOnlyList<(MessageItem Item, Recommendation State)> items, string? token) =>
        new(service.Value.BaseAddress, token is not null ? $"reply/{token}" : items.Count == 1 ? $"staff/recommendations/{items[0].State.Id}" : "staff");
}
