using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>Reading recommendations at the API.</summary>
internal static class RecommendationsApi
{
    private const string Pattern = "api/recommendations/{inspection}/{number}";

    public static void MapRecommendationsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("api/recommendations", ListAsync).Produces<FoundView>().ProducesValidationProblem(422).WithSummary("Issued recommendations, filtered, page by page");
        routes.MapGet(Pattern, GetAsync).Produces<RecommendationView>().ProducesProblem(404).WithSummary("One recommendation");
        routes.MapGet(Pattern + "/events", EventsAsync).Produces<IReadOnlyList<EventView>>().WithSummary("Its record, event by event");
        routes.MapGet(Pattern + "/deadline", DeadlineAsync).Produces<DeadlineView>().WithSummary("How its deadline was counted, day by day");
        routes.MapGet(Pattern + "/messages", MessagesAsync).Produces<IReadOnlyList<MessageView>>().WithSummary("Every email about it and what became of it");
    }

    private static async Task<IResult> ListAsync(
        string? status, string? organisation, string? owner, string? inspection, string? dueBefore, string? q, string? continuation,
        FindRecommendations find, ReadSituation readSituation, CancellationToken stop)
    {
        var problems = new Problems();
        var filter = new RecommendationFilter
        {
            Status = Read<RecommendationStatus>(problems, status, "status"),
            Organisation = Read<OrganisationId>(problems, organisation, "organisation", OrganisationId.TryParse, OrganisationId.Expected),
            Owner = Read<OrganisationId>(problems, owner, "owner", OrganisationId.TryParse, OrganisationId.Expected),
            Inspection = Read<InspectionId>(problems, inspection, "inspection", InspectionId.TryParse, InspectionId.Expected),
            DueBefore = Read<DateOnly>(problems, dueBefore, "dueBefore", TryReadDay, "Enter a date like 2017-09-28"),
            Query = q,
        };
        if (problems.Any)
        {
            return problems.Refusal.AsProblem();
        }

        var situation = await readSituation.RunAsync(stop);
        var page = await find.RunAsync(filter, continuation, stop);
        return Results.Ok(new FoundView([.. page.Items.Select(i => View(i, situation))], page.Continuation, page.Unreadable));
    }

    private static Task<IResult> GetAsync(string inspection, string number, FindRecommendations find, ReadSituation readSituation, CancellationToken stop) =>
        OfAsync(inspection, number, find, async found =>
        {
            var view = View(found, await readSituation.RunAsync(stop));
            return Results.Ok(view).WithETag(Answers.ETagOf(view.Version));
        }, stop);

    /// <summary>An event that cannot be read is a gap in the numbers here; staff have a task about it.</summary>
    private static Task<IResult> EventsAsync(string inspection, string number, FindRecommendations find, RegisterTable register, ReportUnreadable report, CancellationToken stop) =>
        OfAsync(
            inspection,
            number,
            find,
            async found =>
            {
                var unreadable = new List<UnreadableRow>();
                var events = await register.EventsAsync(found.State.OrganisationId, found.State.Id, 0, stop, unreadable);
                await report.RunAsync(unreadable, stop);
                return Results.Ok(events.Select(EventView.Of));
            },
            stop);

    private static Task<IResult> DeadlineAsync(string inspection, string number, FindRecommendations find, ReadSituation readSituation, CancellationToken stop) =>
        OfAsync(inspection, number, find, async found => Results.Ok(DeadlineView.Of(found.State, await readSituation.RunAsync(stop))), stop);

    private static Task<IResult> MessagesAsync(string inspection, string number, FindRecommendations find, ReadStory story, CancellationToken stop) =>
        OfAsync(inspection, number, find, async found => Results.Ok((await story.ReadAsync(found.State, [], stop)).Messages.Select(MessageView.Of).OrderBy(m => m.PlannedAt)), stop);

    private static async Task<IResult> OfAsync(string inspection, string number, FindRecommendations find, Func<FoundRecommendation, Task<IResult>> show, CancellationToken stop) =>
        RecommendationId.TryParse($"{inspection}/{number}", null, out var id) && await find.FindAsync(id, stop) is { } found
            ? await show(found)
            : Answers.NotFound($"There is no issued recommendation {inspection}/{number}.");

    internal static RecommendationView View(FoundRecommendation found, Situation situation) =>
        RecommendationView.Of(found, situation.Directory.NameOf(found.State.OrganisationId), situation);

    private static TEnum? Read<TEnum>(Problems problems, string? text, string field)
        where TEnum : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var known = Json.TryReadWord<TEnum>(text, out var value);
        problems.AddWhen(!known, field, $"Choose one of: {Json.Choices(typeof(TEnum))}");
        return known ? value : null;
    }

    private static bool TryReadDay(string? text, IFormatProvider? provider, out DateOnly day)
    {
        var read = Words.ReadIso(text);
        day = read.GetValueOrDefault();
        return read is not null;
    }

    private delegate bool TryRead<T>(string? text, IFormatProvider? provider, out T value);

    private static T? Read<T>(Problems problems, string? text, string field, TryRead<T> read, string expected)
        where T : struct
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var known = read(text, System.Globalization.CultureInfo.InvariantCulture, out var value);
        problems.AddWhen(!known, field, expected);
        return known ? value : null;
    }
}

/// <summary>A page of recommendations; a continuation leads on, however many items there are.</summary>
/// <param name="Unreadable">How many rows on the way cannot be read: what they are about is left out, if it belongs here.</param>
public sealed record FoundView(IReadOnlyList<RecommendationView> Items, string? Continuation, int Unreadable);

/// <summary>An event of the record.</summary>
/// <param name="Actor">"system", or the kind and the name of whoever it was; the kind alone once the name is erased.</param>
/// <param name="OpId">The operation that wrote it.</param>
/// <param name="PersonalDigest">What the chain holds of names and addresses, which can be erased.</param>
public sealed record EventView(int Seq, DateTimeOffset At, string Type, string Actor, System.Text.Json.JsonElement Data, string OpId, string PersonalDigest, string PreviousHash, string Hash)
{
    internal static EventView Of(RecordedEvent recorded)
    {
        var kind = Json.Word(recorded.Actor);
        var actor = recorded.Actor == ActorKind.System || recorded.Personal is null ? kind : $"{kind}: {recorded.Personal.ActorName}";
        return new EventView(recorded.Seq, recorded.At, recorded.Type, actor, recorded.Data, recorded.OpId, recorded.PersonalDigest, recorded.PreviousHash, recorded.Hash);
    }
}

/// <summary>How a deadline came about.</summary>
/// <param name="CountedFrom">Day 0 of the count.</param>
/// <param name="Rule">The rule in words.</param>
/// <param name="Remark">What there is to say of the day itself; null on a working day.</param>
public sealed record DeadlineView(DateOnly DueOn, DateOnly OriginalDueOn, DateOnly CountedFrom, int WorkingDays, int WorkingDaysLeft, string Rule, string? Remark, IReadOnlyList<Deadlines.ExplainedDay> Days)
{
    internal static DeadlineView Of(Recommendation state, Situation situation)
    {
        var dayZero = state.DayZero;
        var days = situation.Calendar.Explain(dayZero, state.Ask.DueOn);
        var counted = days.Count(d => d.Counted);
        return new DeadlineView(
            state.Ask.DueOn,
            state.Ask.OriginalDueOn,
            dayZero,
            counted,
            situation.Calendar.Between(situation.Today, state.Ask.DueBy(situation.Today, situation.Calendar)),
            state.Ask.DueOn == state.Ask.OriginalDueOn
                ? $"{counted} working days after {dayZero.InWords()}, which is day 0. The deadline lasts to the end of its day."
                : $"The deadline was moved from {state.Ask.OriginalDueOn.InWords()}. It lies {counted} working days after {dayZero.InWords()}, which is day 0, and lasts to the end of its day.",
            Deadlines.DeadlineRule.Remark(situation.Calendar, state.Ask.DueOn),
            days);
    }
}

/// <summary>An email and its story.</summary>
/// <param name="Status">What has become of it; <c>failed</c> was refused for good, and <c>unknown</c> also stands for one that is not sent again and of which nobody knows whether it left.</param>
/// <param name="Delivery">What is known of its delivery: queued, accepted, delivered, bounced …; an email that was refused for what may pass is <c>deferred</c>, and <c>blocked</c> in its timeline.</param>
public sealed record MessageView(
    string Mid, MessageKind Kind, MessageRecipientView Recipient, string? Subject, MessageStatus Status, string Delivery, DateOnly On, DateTimeOffset PlannedAt, IReadOnlyList<MessageItemView> Items, IReadOnlyList<DeliveryEvent> Timeline)
{
    internal static MessageView Of(Message message) => new(
        message.Mid,
        message.Kind,
        new MessageRecipientView(message.Recipient.Name, message.Recipient.Email.ToString(), message.Recipient.Relation, message.Recipient.Role),
        message.Subject,
        message is { Status: MessageStatus.Failed, MayHaveLeft: true } ? MessageStatus.Unknown : message.Status,
        message.Delivery == "blocked" ? "deferred" : message.Delivery,
        message.On,
        message.PlannedAt,
        [.. message.Items.Select(i => new MessageItemView(i.Recommendation.ToString(), i.Step))],
        message.TimelineInOrder);
}

/// <summary>Who got it.</summary>
public sealed record MessageRecipientView(string Name, string Email, Relation Relation, ContactRole? Role);

/// <summary>A recommendation in it, and the step of the ladder.</summary>
public sealed record MessageItemView(string RecommendationId, int? Step);
