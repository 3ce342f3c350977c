using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace FollowUp;

/// <summary>
/// A setting that is a number or a time span between two others. Where checks are generated, as for settings, the
/// framework's own <see cref="RangeAttribute"/> says words of its own in place of the message that it was given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute : ValidationAttribute
{
    private readonly Func<object, bool> _holds;

    public WithinAttribute(double least, double most) =>
        _holds = value => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= least && number <= most;

    /// <param name="least">The shortest time span, as "00:10:00".</param>
    /// <param name="most">The longest one.</param>
    public WithinAttribute(string least, string most)
    {
        var (shortest, longest) = (TimeSpan.Parse(least, CultureInfo.InvariantCulture), TimeSpan.Parse(most, CultureInfo.InvariantCulture));
        _holds = value => value is TimeSpan span && span >= shortest && span <= longest;
    }

    public override bool IsValid(object? value) => value is not null && _holds(value);
}
