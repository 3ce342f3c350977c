using Microsoft.Extensions.Options;

namespace FollowUp.Deadlines;

/// <summary>How long organisations have for their answers (section <c>Deadlines</c>). A change counts for what is issued after it.</summary>
public sealed class DeadlinesSettings
{
    /// <summary>How many working days after publication an answer is due, where nobody gives another deadline.</summary>
    public int ResponseDays { get; set; } = DeadlineRule.ResponseWorkingDays;

    /// <summary>The programmes that give another number.</summary>
    public IList<ProgrammeDeadline> Programmes { get; } = [];

    /// <summary>How many working days after publication an answer is due in a programme.</summary>
    internal int For(string programme) => Programmes.FirstOrDefault(p => Name(p.Programme) == Name(programme))?.ResponseDays ?? ResponseDays;

    /// <summary>A programme's name as it is compared: without regard to capitals and spaces.</summary>
    internal static string Name(string? programme) => string.Join(' ', (programme ?? "").ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>How long organisations have for their answers in a programme.</summary>
public sealed class ProgrammeDeadline
{
    /// <summary>The programme's name, as inspections are registered under it.</summary>
    public string? Programme { get; set; }

    /// <summary>How many working days after publication an answer is due.</summary>
    public int ResponseDays { get; set; }
}

internal sealed class DeadlinesAreSound : IValidateOptions<DeadlinesSettings>
{
    private const int Most = 250;

    public ValidateOptionsResult Validate(string? name, DeadlinesSettings options)
    {
        var wrong = new List<string>();
        if (!IsSound(options.ResponseDays))
        {
            wrong.Add($"Deadlines__ResponseDays must be from 1 to {Most}, and is {options.ResponseDays}: set how many working days after publication an answer is due.");
        }

        for (var i = 0; i < options.Programmes.Count; i++)
        {
            var (programme, setting) = (options.Programmes[i], $"Deadlines__Programmes__{i}");
            if (DeadlinesSettings.Name(programme.Programme).Length == 0)
            {
                wrong.Add($"{setting}__Programme is missing: name the programme that {setting}__ResponseDays is for, as inspections are registered under it.");
            }
            else if (options.Programmes.Take(i).Any(p => DeadlinesSettings.Name(p.Programme) == DeadlinesSettings.Name(programme.Programme)))
            {
                wrong.Add($"{setting}__Programme names the programme “{programme.Programme}” a second time: set one number for it.");
            }

            if (!IsSound(programme.ResponseDays))
            {
                wrong.Add($"{setting}__ResponseDays must be from 1 to {Most}, and is {programme.ResponseDays}: set how many working days after publication an answer is due in the programme that {setting}__Programme names.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsSound(int days) => days is >= 1 and <= Most;
}
