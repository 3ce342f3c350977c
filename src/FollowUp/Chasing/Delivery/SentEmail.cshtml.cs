using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>An email as it was sent, with the secret of its link cut out, and what became of it.</summary>
internal sealed class SentEmailPage(MessageHints hints, RegisterTable register, LetterPress press, OrganisationsTable organisations) : PageModel
{
    public Message Message { get; private set; } = null!;

    public RenderedEmail? Copy { get; private set; }

    public OrganisationDirectory Directory { get; private set; } = null!;

    /// <summary>What the copy is: it is kept before the email leaves.</summary>
    public string Heading => CopyWords.Heading(Message);

    public string NoCopy => CopyWords.None(Message);

    public async Task<IActionResult> OnGetAsync(string mid, CancellationToken stop)
    {
        if (await hints.FindAsync(mid, stop) is not { } place
            || await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is not { } row
            || row.Value.Mid != mid)
        {
            return NotFound();
        }

        Message = row.Value;
        Copy = await press.FindCopyAsync(mid, stop);
        Directory = await organisations.ReadAllAsync(stop);
        return Page();
    }
}

/// <summary>What staff are told the copy of an email is.</summary>
internal static class CopyWords
{
    public static string Heading(Message message) => message switch
    {
        { WasTaken: true } => "The email as sent",
        { MayHaveLeft: true } or { Status: MessageStatus.Unknown } => "The email as it was perhaps sent",
        { IsSettled: true } => "The email, which was not sent",
        _ => "The email as it is to be sent",
    };

    /// <summary>Why there is no copy.</summary>
    public static string None(Message message) => message switch
    {
        { WasTaken: true } or { MayHaveLeft: true } or { Status: MessageStatus.Unknown } => "No copy of it is kept.",
        { IsSettled: true } => "It was never written, as it was not sent.",
        _ => "It has not been written yet.",
    };
}
