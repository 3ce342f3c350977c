using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>What was sent last, when and by whom: the same page for the person who sent it and for those who come later.</summary>
internal sealed class Receipt(LinkSession session, OpenLink openLink, DraftsTable drafts) : RecommendationPage(session, openLink)
{
    public Answer Answer => State.Answer!;

    /// <summary>The report, when one was sent after the answer.</summary>
    public ProgressUpdate? Update => State.Updates is [.., var last] && last.At >= Answer.At ? last : null;

    public Answerer By => Update?.By ?? Answer.By;

    public DateTimeOffset At => Update?.At ?? Answer.At;

    public DateOnly DueOn => Update?.DueOn ?? Answer.DueOn;

    public bool Late => Update?.Late ?? Answer.Late;

    /// <summary>What somebody had typed and not sent when another was faster, or the recommendation was closed.</summary>
    public Draft<TypedAnswer>? NotSent { get; private set; }

    /// <summary>The same of a report.</summary>
    public Draft<TypedUpdate>? ReportNotSent { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (State.Answer is null)
        {
            return this.SeeOther(Address);
        }

        NotSent = MayAnswer && !OwesAnswer ? await drafts.FindNotSentAsync(State, Stop) : null;
        ReportNotSent = MayAnswer && !OwesReport ? await drafts.FindReportNotSentAsync(State, Stop) : null;
        return Page();
    }
}
