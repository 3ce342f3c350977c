using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>The letters about things that happened, and the facts that each is written from.</summary>
public static class Letters
{
    /// <summary>An answer was taken.</summary>
    public sealed record Answered(RecommendationId Recommendation, string Text, Answer Answer);

    /// <summary>A progress update was taken.</summary>
    public sealed record Updated(RecommendationId Recommendation, string Text, ProgressUpdate Update);

    /// <summary>Staff accepted the answer; progress is asked for when there are open actions.</summary>
    public sealed record Accepted(RecommendationId Recommendation, string Text, Judgement Judgement, string? Note, DateOnly? ProgressDueOn);

    /// <summary>Staff returned the answer and ask for another.</summary>
    /// <param name="DueOn">The deadline of the other one; null in a letter that does not ask for it.</param>
    public sealed record Returned(RecommendationId Recommendation, string Text, string Note, DateOnly? DueOn);

    /// <summary>Staff judged progress.</summary>
    public sealed record Verified(RecommendationId Recommendation, string Text, ProgressJudgement Progress, string? Note, DateOnly? ProgressDueOn);

    /// <summary>The deadline was moved.</summary>
    /// <param name="PausedUntil">The last day of the pause that goes on; null when there is none.</param>
    public sealed record Extended(RecommendationId Recommendation, string Text, DateOnly From, DateOnly To, string Reason, DateOnly? PausedUntil = null);

    /// <summary>Chasing is paused.</summary>
    /// <param name="From">The deadline before the pause.</param>
    /// <param name="To">The deadline after a pause of full length.</param>
    public sealed record Paused(RecommendationId Recommendation, string Text, DateOnly Until, string Reason, DateOnly? From = null, DateOnly? To = null);

    /// <summary>Chasing goes on.</summary>
    /// <param name="From">The deadline before the pause.</param>
    public sealed record Resumed(RecommendationId Recommendation, string Text, DateOnly DueOn, DateOnly? From = null);

    /// <summary>Staff did not give more time.</summary>
    public sealed record TimeRefused(RecommendationId Recommendation, string Text, DateOnly DueOn, string Reason);

    /// <summary>The recommendation was closed.</summary>
    public sealed record Closed(RecommendationId Recommendation, string Text, ClosureReason Reason, string? Note);

    /// <summary>The recommendation was opened again.</summary>
    public sealed record Reopened(RecommendationId Recommendation, string Text, string Reason, DateOnly DueOn);

    /// <summary>The recommendation came from another organisation.</summary>
    public sealed record Reassigned(RecommendationId Recommendation, string Text, string From, string Reason, DateOnly DueOn);

    /// <summary>The recommendation went to another organisation.</summary>
    public sealed record TakenOver(RecommendationId Recommendation, string Text, string By, string Reason);

    /// <summary>The contacts that the inspectorate holds for an organisation were changed.</summary>
    /// <param name="By">Who changed them.</param>
    /// <param name="What">What was changed, a sentence each.</param>
    public sealed record ContactsChanged(string By, DateTimeOffset At, IReadOnlyList<string> What);

    /// <summary>Somebody asked for a new link to the address on record.</summary>
    public sealed record NewLink;

    /// <summary>Somebody wants to open a link and has to show that they read its mailbox; the code itself is made when the letter is sent.</summary>
    public sealed record CodeToEnter(string LinkHash);

    /// <summary>Somebody was named as a contact, and gets their link.</summary>
    /// <param name="By">Who named them.</param>
    /// <param name="Instead">Whether they take over from that person.</param>
    public sealed record Named(string By, bool Instead);

    /// <summary>A colleague was named as a contact; the other main contacts are told.</summary>
    public sealed record ContactNamed(string Name, string Email, Organisations.ContactRole Role, string By, bool Instead);

    /// <summary>What became of naming somebody, to the person who did.</summary>
    public sealed record NamingDecided(string Name, string Email, Organisations.ContactRole Role, bool Instead, bool Agreed);

    /// <summary>A note on a closed recommendation was taken.</summary>
    public sealed record NoteTaken(RecommendationId Recommendation, string Text, string Note, Answerer By, DateTimeOffset At);

    /// <summary>The virus scan refused a file after its report was sent.</summary>
    /// <param name="By">Who sent the report.</param>
    /// <param name="SentAt">When they sent it.</param>
    public sealed record FileRefused(RecommendationId Recommendation, string Text, string File, Answerer By, DateTimeOffset SentAt);

    /// <summary>Whether a letter brings a link of its own. One that may go to somebody who is a contact no longer does not.</summary>
    public static bool BringsLink(Letter? letter) => letter is null || !WithoutLink.Contains(letter.Template);

    /// <summary>Whether it is a letter that opens an ask, and so is its notice.</summary>
    public static bool OpensAsk(Letter? letter) => letter switch
    {
        null => false,
        _ when letter.Is<Accepted>() => letter.Facts<Accepted>().ProgressDueOn is not null,
        _ when letter.Is<Verified>() => letter.Facts<Verified>().ProgressDueOn is not null,
        _ when letter.Is<Returned>() => letter.Facts<Returned>().DueOn is not null,
        _ => letter.Is<Reassigned>() || letter.Is<Reopened>(),
    };

    /// <summary>Whether a letter tells what is to be sent and by when, which may change before it leaves.</summary>
    public static bool TellsDeadline(Letter letter) =>
        OpensAsk(letter) || letter.Is<Extended>() || letter.Is<Paused>() || letter.Is<Resumed>() || letter.Is<TimeRefused>();

    /// <summary>What a letter says besides asking for something and telling its deadline; null when that is nothing.</summary>
    public static Letter? WithoutAsk(Letter letter) => letter switch
    {
        _ when letter.Is<Accepted>() => Of(letter.Facts<Accepted>() with { ProgressDueOn = null }),
        _ when letter.Is<Verified>() => Of(letter.Facts<Verified>() with { ProgressDueOn = null }),
        _ when letter.Is<Returned>() => Of(letter.Facts<Returned>() with { DueOn = null }),
        _ => TellsDeadline(letter) ? null : letter,
    };

    private static readonly IReadOnlySet<string> WithoutLink = new HashSet<string>
    {
        Of(new NamingDecided("", "", default, false, false)).Template,
        Of(new ContactsChanged("", default, [])).Template,
    };

    public static Letter Of<T>(T facts)
        where T : notnull => new(Json.Word(typeof(T).Name), Json.Element(facts));

    /// <summary>Whether it is the letter about facts of a kind.</summary>
    public static bool Is<T>(this Letter letter) => letter.Template == Json.Word(typeof(T).Name);

    public static T Facts<T>(this Letter letter) => System.Text.Json.JsonSerializer.Deserialize<T>(letter.Facts, Json.Options)!;
}
