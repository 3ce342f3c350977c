using System.Text.Json.Serialization;
using FollowUp.Pages.Components;
using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>A date as somebody typed it: perhaps half of one, perhaps none that exists.</summary>
internal sealed record TypedDate
{
    public string? Day { get; init; }

    public string? Month { get; init; }

    public string? Year { get; init; }

    public static TypedDate Of(DateOnly day) => new() { Day = $"{day.Day}", Month = $"{day.Month}", Year = $"{day.Year}" };

    [JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace($"{Day}{Month}{Year}");

    public DateOnly? Read() => new DateParts(Day, Month, Year).Date;

    public string? Problem(string name) => new DateParts(Day, Month, Year).Problem(name);
}

/// <summary>An action as somebody typed it.</summary>
internal sealed record TypedAction
{
    public string? Step { get; init; }

    public string? Who { get; init; }

    public TypedDate? TargetOn { get; init; }

    [JsonIgnore]
    public bool IsEmpty => string.IsNullOrWhiteSpace($"{Step}{Who}") && TargetOn is null or { IsEmpty: true };

    public ActionForm Read() => new(Step, Who, TargetOn?.Read());
}

/// <summary>An answer as somebody typed it: all of it is kept, also what another choice or a better date would leave out.</summary>
internal sealed record TypedAnswer : ITyped
{
    public Position? Position { get; init; }

    public string? AgreedPart { get; init; }

    /// <summary>Why not all of it is agreed, typed under "partly agreed".</summary>
    public string? WhyPartly { get; init; }

    /// <summary>Why it is not agreed, typed under "not agreed".</summary>
    public string? WhyNot { get; init; }

    public IReadOnlyList<TypedAction> Actions { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Position is null && new[] { AgreedPart, WhyPartly, WhyNot }.All(string.IsNullOrWhiteSpace) && Actions.All(a => a.IsEmpty);

    public static AskKind AskedBy => AskKind.Response;

    /// <summary>An answer that was sent, to start the next one from.</summary>
    public static TypedAnswer Of(Answer answer) => new()
    {
        Position = answer.Position,
        AgreedPart = answer.AgreedPart,
        WhyPartly = answer.Position == Recommendations.Position.PartlyAgreed ? answer.Reason : null,
        WhyNot = answer.Position == Recommendations.Position.NotAgreed ? answer.Reason : null,
        Actions = [.. answer.Actions.Select(a => new TypedAction { Step = a.Step, Who = a.Who, TargetOn = TypedDate.Of(a.TargetOn) })],
    };

    /// <inheritdoc/>
    /// <remarks>What another choice leaves out does not count, nor do dates that were moved since.</remarks>
    public bool WasSent(Recommendation state) =>
        state.Answer is { } sent
        && Position == sent.Position
        && (Position != Recommendations.Position.PartlyAgreed || AgreedPart?.Trim() == sent.AgreedPart)
        && (Position == Recommendations.Position.Agreed || Read().Reason?.Trim() == sent.Reason)
        && (Position == Recommendations.Position.NotAgreed
            || Actions.Where(a => !a.IsEmpty).Select(a => (a.Step?.Trim(), a.Who?.Trim(), a.TargetOn?.Read()))
                .SequenceEqual(sent.Actions.Select(a => ((string?)a.Step, (string?)a.Who, (DateOnly?)a.OriginalTargetOn))));

    public AnswerForm Read() => new()
    {
        Position = Position,
        AgreedPart = AgreedPart,
        Reason = Position == Recommendations.Position.NotAgreed ? WhyNot : WhyPartly,
        Actions = [.. Actions.Select(a => a.Read())],
    };

    /// <summary>What is wrong with it, with the fields named as on the page.</summary>
    public IEnumerable<Problem> Check(DateOnly today)
    {
        var problems = new Problems();
        if (Position is Recommendations.Position.Agreed or Recommendations.Position.PartlyAgreed)
        {
            for (var i = 0; i < Actions.Count; i++)
            {
                if (Actions[i].TargetOn?.Problem($"The date of action {i + 1}") is { } message)
                {
                    problems.Add($"actions[{i}].targetOn", message);
                }
            }
        }

        Read().Check(problems, today);
        var reason = Position == Recommendations.Position.NotAgreed ? "whyNot" : "whyPartly";
        return problems.Refusal.Problems.Select(p => p.Field == "reason" ? p with { Field = reason } : p).DistinctBy(p => p.Field);
    }
}
