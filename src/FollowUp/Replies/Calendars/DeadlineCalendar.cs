using System.Text;
using FollowUp.Email;
using FollowUp.Recommendations;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace FollowUp.Replies;

/// <summary>
/// The open deadlines as a calendar. It goes to other people's calendar services, so it says no more than that
/// something is due: no names, no addresses, none of the recommendation's words.
/// </summary>
internal static class DeadlineCalendar
{
    private const int MostEvents = 300;
    private const int LongestTitle = 200;

    /// <param name="organisation">The organisation's name.</param>
    /// <param name="inspectorate">The inspectorate's name.</param>
    /// <param name="host">The service's host, which makes the events' ids its own.</param>
    /// <param name="recommendations">What the organisation has been asked.</param>
    /// <param name="today">The London day.</param>
    public static byte[] Write(string organisation, string inspectorate, string host, IEnumerable<FoundRecommendation> recommendations, DateOnly today)
    {
        var calendar = new Calendar { ProductId = "-//FollowUp//Deadlines//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", SafeText.OneLine($"Deadlines of {organisation}").Shortened(LongestTitle));
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT12H");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT12H");
        foreach (var found in recommendations.Where(r => r.State.Ask.IsOpen).OrderBy(r => r.State.Ask.DueOn).ThenBy(r => r.State.Id.ToString(), StringComparer.Ordinal).Take(MostEvents))
        {
            calendar.Events.Add(Event(found, inspectorate, host, today));
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalendarEvent Event(FoundRecommendation found, string inspectorate, string host, DateOnly today)
    {
        var (state, ask) = (found.State, found.State.Ask);
        var what = ask.Kind == AskKind.Progress ? "Progress report" : "Answer";
        var moved = ask.DueOn == ask.OriginalDueOn ? "" : $" It was {ask.OriginalDueOn.InWords()} at first.";
        var paused = ask.IsPausedOn(today) ? $" It is paused until {ask.PausedUntil!.Value.InWords()}." : "";
        return new CalendarEvent
        {
            // The version goes up whenever an ask opens or its deadline moves, so that calendars take the new date
            Uid = $"{state.Id.Inspection}.{state.Id.Number}@{host}",
            Sequence = ask.Version,
            DtStamp = new CalDateTime(ask.OpenedOn.ToDateTime(TimeOnly.MinValue), "UTC"),
            DtStart = new CalDateTime(ask.DueOn),
            DtEnd = new CalDateTime(ask.DueOn.AddDays(1)),
            Summary = SafeText.OneLine($"{what} due: recommendation {state.Id.Number}, {found.Inspection.Area}").Shortened(LongestTitle),
            Description = $"{SafeText.OneLine(inspectorate).Shortened(LongestTitle)} asks for it by the end of this day.{moved}{paused} Inspection: {SafeText.OneLine(found.Inspection.Title).Shortened(LongestTitle)}. To answer, open the link in the inspectorate’s email.",
            Transparency = "TRANSPARENT",
            Class = "PRIVATE",
        };
    }
}
