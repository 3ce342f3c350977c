using FollowUp.Recommendations;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>A step: its number in the record, working days from the deadline, and whom it goes to.</summary>
internal sealed record ModelStep(int Number, int Offset, params IReadOnlyList<StepAudience> To)
{
    public bool IsReminder => Offset < 0;

    /// <summary>To the organisation's director or to anybody above, after the deadline: staff may hold it.</summary>
    public bool IsUpward => Offset > 0 && To.Any(t => t is StepAudience.Director or StepAudience.EscalatesTo or StepAudience.LevelAbove);
}

/// <summary>The ladders of a year, as the design words them: a new one counts for steps dated after the day of the change.</summary>
internal sealed class ModelLadder
{
    public const int Notice = 0;
    private const StepAudience Main = StepAudience.Main;
    private const StepAudience Above = StepAudience.EscalatesTo;
    private const StepAudience LevelAbove = StepAudience.LevelAbove;
    private const StepAudience Lead = StepAudience.LeadInspector;

    private readonly List<(DateOnly SetOn, IReadOnlyList<ModelStep> Steps)> ladders =
    [
        (DateOnly.MinValue,
        [
            new(1, -10, Main),
            new(2, -5, Main),
            new(3, -1, Main, StepAudience.Second),
            new(4, 1, Main, StepAudience.Second),
            new(5, 5, StepAudience.Director, Main),
            new(6, 10, Above, Lead),
            new(7, 20, Above, LevelAbove, Lead),
            new(8, 30, Above, LevelAbove, Lead),
            new(9, 40, Above, LevelAbove, Lead),
        ]),
    ];

    public static ModelStep NoticeStep { get; } = new(Notice, 0, Main);

    public int Count => ladders.Count;

    /// <summary>Ladders that staff may set, for one after another.</summary>
    public static IReadOnlyList<IReadOnlyList<ModelStep>> Others { get; } =
    [
        [new(0, -15, Main), new(0, -3, Main), new(0, 2, Main, StepAudience.Second), new(0, 8, Above, Lead), new(0, 15, Above, LevelAbove, Lead)],
        [new(0, -10, Main, StepAudience.Second), new(0, -1, Main), new(0, 3, Main, StepAudience.Director), new(0, 6, Main), new(0, 25, Above, LevelAbove, Lead), new(0, 60, Lead, LevelAbove)],
    ];

    public void Set(DateOnly on, IReadOnlyList<ModelStep> steps) =>
        ladders.Add((on, [.. steps.Select((step, i) => step with { Number = (ladders.Count * 100) + i + 1 })]));

    public ModelStep? Find(int number) => number == Notice ? NoticeStep : ladders.SelectMany(l => l.Steps).FirstOrDefault(s => s.Number == number);

    /// <summary>The steps after the notice that count for a deadline, in their order, with their days.</summary>
    public IEnumerable<(ModelStep Step, DateOnly On)> Of(DateOnly dueOn, WorkDays work)
    {
        for (var i = 0; i < ladders.Count; i++)
        {
            foreach (var step in ladders[i].Steps)
            {
                var on = work.Add(dueOn, step.Offset);
                if (on > ladders[i].SetOn && (i == ladders.Count - 1 || on <= ladders[i + 1].SetOn))
                {
                    yield return (step, on);
                }
            }
        }
    }
}
