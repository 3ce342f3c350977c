using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The recommendation went to another organisation.</summary>
internal static class TakenOverLetter
{
    public static EmailContent Write(LetterFacts facts, TakenOver what)
    {
        var letter = new EventLetter(facts, what.Text);
        var by = SafeText.Name(what.By);
        return letter.Tell(
            $"{Words.UpperFirst(letter.Label)} has passed to another organisation{facts.Area()}",
            $"{Words.UpperFirst(letter.Label)} has passed to {by}",
            [EventLetter.Says($"{facts.Inspectorate()} has passed {letter.Label} from {facts.OrganisationName()} to {by}. We will not ask {facts.OrganisationName()} about it any more. You do not need to do anything.")],
            [("Now with", by)],
            EventLetter.Said("Why it was passed on", what.Reason));
    }
}
