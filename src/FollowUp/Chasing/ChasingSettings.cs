using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FollowUp.Deadlines;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>When chasing emails may leave (section <c>Chasing</c>).</summary>
public sealed class ChasingSettings
{
    /// <summary>Whether chasing rests on Saturdays, Sundays and bank holidays.</summary>
    public bool WorkingDaysOnly { get; set; } = true;

    /// <summary>The hours of the day, in London, during which chasing emails leave: from the first up to the second.</summary>
    [Required(ErrorMessage = "Chasing__Hours is empty: set it like 08:00-18:00.")]
    [RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", ErrorMessage = "Chasing__Hours must be like 08:00-18:00.")]
    public string Hours { get; set; } = "08:00-18:00";

    /// <summary>The most chasing emails of a London day.</summary>
    [Within(1, 1_000_000, ErrorMessage = "Chasing__DailyCap must be from 1 to 1,000,000.")]
    public int DailyCap { get; set; } = 2000;

    /// <summary>A day with so many chasing emails or fewer is never unusual.</summary>
    [Within(1, 1_000_000, ErrorMessage = "Chasing__HoldLeast must be from 1 to 1,000,000.")]
    public int HoldLeast { get; set; } = 200;

    /// <summary>A day with more than so many times the median of the last sending days is unusual, and is held.</summary>
    [Within(1, 1000, ErrorMessage = "Chasing__HoldTimesMedian must be from 1 to 1,000.")]
    public double HoldTimesMedian { get; set; } = 10;

    /// <summary>Of how many sending days the median is taken.</summary>
    [Within(1, 60, ErrorMessage = "Chasing__HoldDays must be from 1 to 60.")]
    public int HoldDays { get; set; } = 20;

    /// <summary>How long a sender may hold a message; half of it is for sending.</summary>
    [Within("00:00:02", "00:10:00", ErrorMessage = "Chasing__Lease must be from two seconds to ten minutes.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an unknown outcome waits for SendGrid's word before the one resend.</summary>
    [Within("00:00:01", "1.00:00:00", ErrorMessage = "Chasing__UnknownWaits must be from one second to one day.")]
    public TimeSpan UnknownWaits { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>After so much sending time without acceptance a person is told.</summary>
    [Within("00:10:00", "30.00:00:00", ErrorMessage = "Chasing__TaskAfter must be from ten minutes to 30 days.")]
    public TimeSpan TaskAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After so much sending time without acceptance, health is red.</summary>
    [Within("00:10:00", "30.00:00:00", ErrorMessage = "Chasing__LateAfter must be from ten minutes to 30 days.")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How many organisations or messages a run looks at at once.</summary>
    [Within(1, 64, ErrorMessage = "Chasing__AtOnce must be from 1 to 64.")]
    public int AtOnce { get; set; } = 8;

    internal TimeOnly From => TimeOnly.ParseExact(Hours[..5], "HH:mm", CultureInfo.InvariantCulture);

    internal TimeOnly Until => Hours[6..] == "24:00" ? TimeOnly.MaxValue : TimeOnly.ParseExact(Hours[6..], "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Whether chasing emails may leave at a moment.</summary>
    internal bool MaySendAt(DateTimeOffset moment, WorkingCalendar calendar)
    {
        var london = moment.InLondon();
        var time = TimeOnly.FromDateTime(london.DateTime);
        return time >= From && time < Until && (!WorkingDaysOnly || calendar.IsWorkingDay(DateOnly.FromDateTime(london.DateTime)));
    }

    /// <summary>The first London day on which chasing emails may still leave, working day or not.</summary>
    internal DateOnly NextDayAt(DateTimeOffset moment) =>
        TimeOnly.FromDateTime(moment.InLondon().DateTime) < Until ? moment.LondonDate() : moment.LondonDate().AddDays(1);

    /// <summary>How much of the time between two moments chasing emails could have left in.</summary>
    internal TimeSpan SendingTimeBetween(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        var sum = TimeSpan.Zero;
        for (var day = from.LondonDate(); day <= to.LondonDate(); day = day.AddDays(1))
        {
            if (WorkingDaysOnly && !calendar.IsWorkingDay(day))
            {
                continue;
            }

            var (begins, ends) = (LondonTime.At(day, From), LondonTime.At(day, Until));
            var part = (to < ends ? to : ends) - (from > begins ? from : begins);
            sum += part > TimeSpan.Zero ? part : TimeSpan.Zero;
        }

        return sum;
    }
}

[OptionsValidator]
internal sealed partial class ChasingSettingsRules : IValidateOptions<ChasingSettings>;

internal sealed class HoursAreInOrder : IValidateOptions<ChasingSettings>
{
    public ValidateOptionsResult Validate(string? name, ChasingSettings options) =>
        ChasingHoursAreReadable(options) && options.From >= options.Until
            ? ValidateOptionsResult.Fail("Chasing__Hours must begin before it ends, like 08:00-18:00.")
            : ValidateOptionsResult.Success;

    private static bool ChasingHoursAreReadable(ChasingSettings options) =>
        options.Hours is { Length: 11 } && TimeOnly.TryParseExact(options.Hours[..5], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (options.Hours[6..] == "24:00" || TimeOnly.TryParseExact(options.Hours[6..], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
}
