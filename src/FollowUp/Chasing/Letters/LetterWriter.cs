using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>Writes every email about recommendations from its facts alone.</summary>
internal static class LetterWriter
{
    private static readonly Dictionary<string, Func<LetterFacts, Letter, EmailContent>> Events = new(
    [
        About<Answered>(AnsweredLetter.Write),
        About<Updated>(UpdatedLetter.Write),
        About<Accepted>(AcceptedLetter.Write),
        About<Returned>(ReturnedLetter.Write),
        About<Verified>(VerifiedLetter.Write),
        About<Extended>(ExtendedLetter.Write),
        About<Paused>(PausedLetter.Write),
        About<Resumed>(ResumedLetter.Write),
        About<TimeRefused>(TimeRefusedLetter.Write),
        About<Closed>(ClosedLetter.Write),
        About<Reopened>(ReopenedLetter.Write),
        About<Reassigned>(ReassignedLetter.Write),
        About<TakenOver>(TakenOverLetter.Write),
        About<NoteTaken>(NoteTakenLetter.Write),
        About<FileRefused>(FileRefusedLetter.Write),
        About<Named>(NamedLetter.Write),
        About<ContactNamed>(ContactNamedLetter.Write),
        About<NamingDecided>(NamingDecidedLetter.Write),
        About<NewLink>((facts, _) => NewLinkLetter.Write(facts)),
        About<CodeToEnter>((facts, _) => CodeLetter.Write(facts)),
    ]);

    /// <exception cref="ArgumentException">The facts name no recommendation, or a letter that does not exist.</exception>
    public static EmailContent Write(LetterFacts facts)
    {
        if (facts.Letter is { } letter)
        {
            return Events.TryGetValue(letter.Template, out var write)
                ? write(facts, letter)
                : throw new ArgumentException($"There is no letter “{letter.Template}”.", nameof(facts));
        }

        if (facts.Items.Count == 0)
        {
            throw new ArgumentException("A chasing letter is about one recommendation at least.", nameof(facts));
        }

        return facts.Recipient.Relation switch
        {
            Relation.Own => ChasingLetter.Write(facts),
            Relation.Upward => UpwardLetter.Write(facts),
            _ => StaffLetter.Write(facts),
        };
    }

    private static KeyValuePair<string, Func<LetterFacts, Letter, EmailContent>> About<T>(Func<LetterFacts, T, EmailContent> write) =>
        new(Json.Word(typeof(T).Name), (facts, letter) => write(facts, letter.Facts<T>()));
}
