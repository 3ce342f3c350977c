using FollowUp.Recommendations;
using EventLetters = FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing;

/// <summary>
/// Letters are written from what was decided, and may have to wait. One that asks for something or tells a deadline is
/// sent only while that holds; of a judgement whose ask has changed, what was judged is left.
/// </summary>
internal static class SupersededRule
{
    /// <summary>What of a letter is still to be sent: itself, itself without what it asked for, or null when nothing is left.</summary>
    public static Letter? Left(Letter letter, MessageItem item, Recommendation state, DateOnly today) =>
        !EventLetters.TellsDeadline(letter) || Holds(letter, item, state.Ask, today) ? letter : EventLetters.WithoutAsk(letter);

    /// <summary>What staff read about a letter that is not sent as it was written.</summary>
    public static string Why(MessageItem item, Recommendation state) =>
        state.Move is not null ? "The recommendation has passed to another organisation since it was written."
        : !state.Ask.IsOpen ? "What it asked for has been answered or closed since it was written."
        : state.Ask.Version != item.AskVersion ? "The deadline or what is asked for has changed since it was written, and a later email tells of that."
        : "The pause that it told of has ended.";

    private static bool Holds(Letter letter, MessageItem item, Ask ask, DateOnly today) =>
        ask.IsOpen && ask.Version == item.AskVersion && (!letter.Is<EventLetters.Paused>() || ask.IsPausedOn(today));
}
