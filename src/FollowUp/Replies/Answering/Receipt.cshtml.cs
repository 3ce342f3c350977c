using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>What was sent last, when and by whom: the same page for the person who sent it and for those who come later.</summary>
internal sealed class Receipt(LinkSession session, OpenLink openLink, FindNotSent findNotSent, ReadHistory history) : RecommendationPage(session, openLink)
{
    public Answer Answer => State.Answer!;

    /// <summary>The report, when one was sent after the answer.</summary>
    public ProgressUpdate? Update => State.Updates is [.., var last] && last.At >= Answer.At ? last : null;

    public Answerer By => Update?.By ?? Answer.By;

    public DateTimeOffset At => Update?.At ?? Answer.At;

    public DateOnly DueOn => Update?.DueOn ?? Answer.DueOn;

    public bool Late => Update?.Late ?? Answer.Late;

    /// <summary>Whether some of what was not sent came by this link: then nobody may believe that it was received.</summary>
    public bool OwnNotSent => NotSent?.HasOwn == true;

    /// <summary>What the inspectors decided when they asked for more; null while nothing is asked.</summary>
    public Said? AskedAgain { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (State.Answer is null)
        {
            return this.SeeOther(Address);
        }

        NotSent = MayAnswer ? await findNotSent.RunAsync(State, Link, Stop) : null;
        AskedAgain = State.Ask.IsOpen ? (await history.RunAsync(State, [], Stop)).FirstOrDefault(said => said.AsksAgain) : null;
        return Page();
    }
}
