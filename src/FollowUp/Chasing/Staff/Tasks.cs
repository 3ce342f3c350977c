using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>The tasks that chasing gives to staff.</summary>
internal static class Tasks
{
    /// <summary>The tasks about what an ended organisation owes: one for all that it owed when it ended, and one for each ask that was opened later.</summary>
    public static IEnumerable<StaffTask> Ended(Organisation organisation, IEnumerable<Recommendation> states, Situation situation)
    {
        var open = states.Where(s => s is { Move: null, Ask.IsOpen: true }).ToLookup(s => OpenedAtEnded.Is(s, organisation, situation.Today));
        return [.. open[false].Take(1).Select(_ => Ended(organisation, situation)), .. open[true].Select(s => OpenedAtEnded.Task(s, organisation, situation))];
    }

    public static StaffTask Ended(Organisation organisation, Situation situation) => new()
    {
        // Who ended once and then again has ended anew
        Key = $"ended|{organisation.Until?.Iso()}",
        Kind = TaskKind.OrganisationEnded,
        OrganisationId = organisation.Id,
        What = situation.Directory.Find(organisation.Successor) is { } successor
            ? $"Reassign the open recommendations of {organisation.Name} to its successor, {successor.Name}"
            : $"Reassign or close the open recommendations of {organisation.Name}",
        Why = $"{organisation.Name} ended on {organisation.Until?.InWords()}, so it is no longer chased.",
        Since = situation.Now,
    };

    public static StaffTask NoContact(Organisation organisation, Situation situation) => new()
    {
        Key = $"contact|{situation.Today:yyyy-MM}",
        Kind = TaskKind.NoContact,
        OrganisationId = organisation.Id,
        What = $"Find a contact for {organisation.Name}",
        Why = "None of its contacts can be written to, so its reminders went up the line.",
        Since = situation.Now,
        // Contacts that come and go again are a cause of their own, also within the month
        Cause = Storage.Keys.Hash(string.Join('\n', organisation.Contacts.Select(c => $"{c.Email}|{c.Role}|{c.From?.Iso()}|{c.Until?.Iso()}").Order(StringComparer.Ordinal))),
    };

    public static StaffTask LadderEnded(Organisation organisation, Recommendation state, Situation situation) => new()
    {
        Key = StaffTask.RestsKey(state.Id, state.Ask.Version),
        Kind = TaskKind.LadderEnded,
        OrganisationId = organisation.Id,
        Recommendation = state.Id,
        What = $"Decide what to do about recommendation {state.Id}",
        Why = state.Ask.Ladder.FirstAcceptedOn is null
            ? $"No notice or reminder has reached anybody at {organisation.Name}, and the deadline has passed: nothing more is sent. Add a contact who can be reached, and give more time."
            : $"Every step of chasing {organisation.Name} has been taken, and nothing has come.",
        Since = situation.Now,
    };

    public static StaffTask EmailFailed(Message message, string why, DateTimeOffset now) => new()
    {
        Key = EmailKey(message),
        Kind = TaskKind.EmailFailed,
        OrganisationId = message.OrganisationId,
        Recommendation = message.Items.Count == 1 ? message.Items[0].Recommendation : null,
        What = $"Reach {message.Recipient.Name} another way",
        Why = why,
        Since = now,
        Mid = message.Mid,
    };

    public static StaffTask AddressSuspended(Message message, string why, DateTimeOffset now) => new()
    {
        Key = AddressKey(message.Recipient.Email),
        Kind = TaskKind.AddressSuspended,
        OrganisationId = message.OrganisationId,
        What = $"Find a working address for {message.Recipient.Name}, and send it again",
        Why = $"{why} Nothing more goes to {message.Recipient.Email}. The deadline stays as it is.",
        Since = now,
        Mid = message.Mid,
    };

    /// <summary>One for each day of sending, however many emails there are: when SendGrid's webhook fails, it is all of them.</summary>
    public static StaffTask Unconfirmed(Message first, Situation situation) => new()
    {
        Key = $"unconfirmed|{first.On.Iso()}",
        Kind = TaskKind.EmailsUnconfirmed,
        OrganisationId = OrganisationId.Staff,
        What = $"Find out whether the emails of {first.On.InWords()} arrived",
        Why = $"SendGrid took an email to {first.Recipient.Name} of {situation.Directory.NameOf(first.Recipient.Of ?? first.OrganisationId)} that day, and has not said since whether it arrived. There may be others. If it says nothing of any email, its event webhook does not reach FollowUp: tell those who run it. The chase goes on.",
        Since = situation.Now,
        Mid = first.Mid,
    };

    /// <summary>The recipient's mail server refused it, and SendGrid does not try it again.</summary>
    public static StaffTask Refused(Message message, Situation situation) => new()
    {
        Key = RefusedKey(message),
        Kind = TaskKind.EmailFailed,
        OrganisationId = message.OrganisationId,
        Recommendation = message.Items.Count == 1 ? message.Items[0].Recommendation : null,
        What = $"Reach {message.Recipient.Name} another way, or send it again",
        Why = $"The mail server of {message.Recipient.Email} refused an email of {message.On.InWords()}{RefusedBecause(message)}. It is not tried again by itself. The address stays in use, and the chase goes on.",
        Since = situation.Now,
        Mid = message.Mid,
    };

    private static string RefusedBecause(Message message) =>
        message.Timeline.LastOrDefault(e => e.What == "blocked")?.Detail is { Length: > 0 } reason ? $": “{reason.Shortened(MostReason)}”" : "";

    private const int MostReason = 200;

    public static string RefusedKey(Message message) => $"refused|{message.Mid}";

    public static string HolidaysKey(DateOnly knownUntil) => $"holidays|{knownUntil.Year + 1}";

    /// <summary>One for all messages that stood in for the first.</summary>
    public static string EmailKey(Message message) => $"email|{message.InsteadOf ?? message.Mid}";

    /// <summary>One for a person, from the moment since which they wait, whichever day's message carries it.</summary>
    public static string UnsentKey(Message message, DateTimeOffset since) => $"{Unsent}|{Storage.Keys.Hash(message.Recipient.Email.ToString())}|{since.UtcTicks:d19}";

    public static bool IsUnsent(StaffTask task) => task.Key.StartsWith(Unsent + "|", StringComparison.Ordinal);

    private const string Unsent = "unsent";

    public static string AddressKey(Email.EmailAddress email) => $"address|{Storage.Keys.Hash(email.ToString())}";

    public static StaffTask NotAccepted(Message message, DateTimeOffset since, Situation situation) => new()
    {
        Key = UnsentKey(message, since),
        Kind = TaskKind.EmailFailed,
        OrganisationId = message.OrganisationId,
        Recommendation = message.Items.Count == 1 ? message.Items[0].Recommendation : null,
        What = $"Reach {message.Recipient.Name} another way",
        Why = $"An email to {message.Recipient.Name} has waited since {since.LondonDate().InWords()}, and has not left. It is tried again all the time, unless sending is stopped.",
        Since = situation.Now,
        Mid = message.Mid,
    };

    public static StaffTask HolidaysRunOut(DateOnly knownUntil, string why, Situation situation) => new()
    {
        Key = HolidaysKey(knownUntil),
        Kind = TaskKind.HolidaysRunOut,
        OrganisationId = OrganisationId.Staff,
        What = $"Add the bank holidays of {knownUntil.Year + 1}",
        Why = why,
        Since = situation.Now,
    };

    public static StaffTask NotIssued(Inspection inspection, string why, Situation situation) => new()
    {
        Key = StaffTask.IssueKey(inspection.Id),
        Kind = TaskKind.InspectionNotIssued,
        OrganisationId = OrganisationId.Staff,
        What = $"Put right what keeps “{inspection.Title}” from being issued",
        Why = $"It was to be issued on {inspection.PublishedOn.InWords()}, and nobody has been told of its recommendations. {why}",
        Since = situation.Now,
        Subject = inspection.Id.ToString(),
    };

    public static StaffTask DayHeld(DayHold hold, Situation situation) => new()
    {
        Key = HoldKey(situation.Today, hold),
        Kind = TaskKind.SendingHeld,
        OrganisationId = OrganisationId.Staff,
        What = "Check what is to be sent today, and release it or leave it for tomorrow",
        Why = $"{hold.Why} What is planned is sent; nothing more is planned today.",
        Since = hold.Since,
    };

    /// <summary>One for each limit that a day comes to: it may be released and held again.</summary>
    public static string HoldKey(DateOnly on, DayHold hold) => $"hold|{on.Iso()}|{hold.Limit}";
}
