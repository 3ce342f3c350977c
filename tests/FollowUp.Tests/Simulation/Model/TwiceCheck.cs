using FollowUp.Recommendations;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>
/// Nobody gets the same step of an ask twice, but where the service could not know that the first had been taken: its
/// answer was lost, or whoever sent it ended before writing it down. Then once more, and never a third time.
/// </summary>
internal sealed class TwiceCheck(Ledger ledger, Stories stories)
{
    private readonly Dictionary<(string What, string To), List<(string Mid, DateTimeOffset At)>> taken = [];

    /// <summary>Emails that brought somebody what they had.</summary>
    public int Emails { get; private set; }

    public void Check(Taken email, Message message)
    {
        var again = false;
        foreach (var what in message.IsChasing ? message.Items.Select(i => NameOf(message, i)).Distinct() : [email.Mid])
        {
            var earlier = taken.TryGetValue((what, email.To), out var known) ? known : taken[(what, email.To)] = [];
            earlier.RemoveAll(e => stories.CameBack(e.Mid));
            if (earlier.Count == 0)
            {
                earlier.Add((email.Mid, email.At));
                continue;
            }

            again = true;
            if (earlier.Count > 1 || !WasUnknown(earlier[^1], email))
            {
                ledger.Broken($"{email.At:u}: {email.To} got {what} for the {earlier.Count + 1}th time with {email.Mid}{(message.Items.Any(i => stories.WasPassedOn(message, i.Recommendation)) ? ", which was passed on" : "")}; SendGrid took {string.Join(", ", earlier.Select(e => $"{e.Mid} at {e.At:u}, on record {stories.SettledAt(e.Mid):u}"))}.");
            }

            earlier.Add((email.Mid, email.At));
        }

        Emails += again ? 1 : 0;
    }

    /// <summary>Whether the record did not say, when the second one was claimed, that the first had been taken.</summary>
    private bool WasUnknown((string Mid, DateTimeOffset At) first, Taken second) =>
        stories.SettledAt(first.Mid) is not { } settled || settled > second.At - Bounds.Claim;

    /// <summary>The notice is one for the whole ask; other steps come again under another deadline.</summary>
    private string NameOf(Message message, MessageItem item) => item.Step == ModelLadder.Notice
        ? $"the notice of {item.Recommendation}, ask {ledger.Find(item.Recommendation, message.OrganisationId)?.Version}"
        : $"step {item.Step} of {item.Recommendation}, version {item.AskVersion}";
}
