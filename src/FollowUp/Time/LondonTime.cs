using System.Globalization;

namespace FollowUp.Time;

/// <summary>Days and hours as they are in London; every day in the register is a London date.</summary>
public static class LondonTime
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The moment on London's clocks.</summary>
    public static DateTimeOffset InLondon(this DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, London);

    /// <summary>The London date of a moment.</summary>
    public static DateOnly LondonDate(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.InLondon().DateTime);

    /// <summary>What London's clocks show, as GOV.UK writes it: "9am", "2:05pm", "midday", "midnight".</summary>
    public static string ClockInWords(this DateTimeOffset moment) => moment.InLondon() switch
    {
        { Hour: 0, Minute: 0 } => "midnight",
        { Hour: 12, Minute: 0 } => "midday",
        var london => london.ToString(london.Minute == 0 ? "htt" : "h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant(),
    };

    /// <summary>The moment, in UTC, of a London date and time; in the hour that the clocks skip, the moment they reach.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (London.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}
