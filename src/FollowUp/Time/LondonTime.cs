namespace FollowUp.Time;

/// <summary>Days and hours as they are in London; every day in the register is a London date.</summary>
public static class LondonTime
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The moment on London's clocks.</summary>
    public static DateTimeOffset InLondon(this DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, London);

    /// <summary>The London date of a moment.</summary>
    public static DateOnly LondonDate(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.InLondon().DateTime);

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
