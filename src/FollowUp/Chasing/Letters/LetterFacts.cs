using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing.Letters;

/// <summary>A recommendation as a letter speaks of it.</summary>
/// <param name="Step">The step of the ladder that put it into the letter; null in a letter that is no chasing.</param>
/// <param name="SoFar">What was sent about this ask before, oldest first; letters to those above tell it.</param>
public sealed record LetterItem(Recommendation Recommendation, Inspection Inspection, LadderStep? Step, IReadOnlyList<EarlierEmail>? SoFar = null);

/// <summary>An email about an ask that was accepted for delivery before: its day and the name of its step.</summary>
public sealed record EarlierEmail(DateOnly On, string Step)
{
    /// <summary>The steps of the present ask that SendGrid took before a day, oldest first: what was only planned is no part of the story.</summary>
    /// <param name="state">The recommendation.</param>
    /// <param name="messages">The messages about its organisation, in the order of their days.</param>
    /// <param name="ladder">The steps, also of earlier ladders.</param>
    /// <param name="today">The day of the letter.</param>
    internal static IReadOnlyList<EarlierEmail> Of(Recommendation state, IEnumerable<Message> messages, Ladder ladder, DateOnly today) =>
    [
        .. (from message in messages
            where message.IsChasing && message.WasTaken && message.On < today
            from item in message.Items
            where item.Recommendation == state.Id && item.AskVersion >= state.Ask.OpenedAs && item.Step > 0
            select new EarlierEmail(message.On, ladder.Find(item.Step)?.Name ?? Words.UpperFirst(Json.Word(message.Kind)))).Distinct(),
    ];
}

/// <summary>Everything that an email is written from; composing it needs nothing else.</summary>
public sealed record LetterFacts
{
    public required Recipient Recipient { get; init; }

    /// <summary>The responsible organisation.</summary>
    public required Organisation Organisation { get; init; }

    public required OrganisationDirectory OrganisationDirectory { get; init; }

    /// <summary>The addresses that nothing goes to.</summary>
    public SuspendedAddresses Suspended { get; init; } = SuspendedAddresses.None;

    public required IReadOnlyList<LetterItem> Items { get; init; }

    /// <summary>What happened, in a letter that is no chasing.</summary>
    public Letter? Letter { get; init; }

    public required DateOnly Today { get; init; }

    public required WorkingCalendar Calendar { get; init; }

    public required Ladder Ladder { get; init; }

    /// <summary>The inspectorate's name, as in "HM Inspectorate of Probation".</summary>
    public required string InspectorateName { get; init; }

    /// <summary>The one link of the email: the recipient's own reply link, or the staff page.</summary>
    public required Uri Link { get; init; }

    /// <summary>The code that opens a link, in the one letter that brings it.</summary>
    public string? Code { get; init; }
}
