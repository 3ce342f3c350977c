using FollowUp.Email;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What an answer or a report from the organisation changes.</summary>
internal static class ReplyRule
{
    private const int MostCharactersOfActions = 100_000;

    /// <summary>Takes the answer to an open ask for a response; a late one as well.</summary>
    public static Outcome<Change> Answer(Recommendation state, Situation situation, AnswerForm form, Recipient contact)
    {
        if (WhyNot(state, AskKind.Response, contact) is { } refusal)
        {
            return refusal;
        }

        var problems = new Problems();
        form.Check(problems, situation.Today);
        form.CheckDeclaration(problems);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var answer = form.Read(contact.Email.ToString(), situation.Now, situation.Today, state.Ask.DueBy(situation.Today, situation.Calendar));
        return new Change(
            state with { Status = RecommendationStatus.Responded, Answer = answer, Review = null, TimeRequest = null, Ask = Met(state.Ask, situation) },
            [new NewEvent(EventTypes.Answered, new { position = answer.Position, answer.AgreedPart, answer.Reason, answer.Actions, answer.DueOn, answer.Late }, answer.By)],
            [new LetterToSend(MessageKind.Receipt, Letters.Of(new Letters.Answered(state.Id, state.Text, answer)), ReceiptTo(contact, state.OrganisationId, situation))]);
    }

    /// <summary>Takes a report of progress, with the files of its draft.</summary>
    public static Outcome<Change> Update(Recommendation state, Situation situation, UpdateForm form, IReadOnlyList<UploadedFile> files, Recipient contact)
    {
        if (WhyNot(state, AskKind.Progress, contact) is { } refusal)
        {
            return refusal;
        }

        var before = state.Answer?.Actions ?? [];
        var problems = new Problems();
        form.Check(problems, before, situation.Today);
        foreach (var (field, message) in FileRule.Check(files, form.Files))
        {
            problems.Add(field, message);
        }

        if (problems.Any)
        {
            return problems.Refusal;
        }

        var update = form.Read(before, [.. files.Select(f => f.File)], contact.Email.ToString(), situation.Now, situation.Today, state.Ask.DueBy(situation.Today, situation.Calendar));
        return new Change(
            state with
            {
                Status = update.ClaimsComplete ? RecommendationStatus.ReportedComplete : RecommendationStatus.InProgress,
                Answer = state.Answer! with { Actions = update.Actions },
                Updates = Fitting([.. state.Updates, update]),
                TimeRequest = null,
                Ask = Met(state.Ask, situation),
            },
            [new NewEvent(EventTypes.Updated, new { update.Text, update.Actions, update.Evidence, update.ClaimsComplete, update.DueOn, update.Late }, update.By)],
            [new LetterToSend(MessageKind.Receipt, Letters.Of(new Letters.Updated(state.Id, state.Text, update)), ReceiptTo(contact, state.OrganisationId, situation))]);
    }

    /// <summary>The reports, the earliest without their actions where all would not fit into one row: the record keeps them.</summary>
    internal static IReadOnlyList<ProgressUpdate> Fitting(IReadOnlyList<ProgressUpdate> updates)
    {
        var room = MostCharactersOfActions;
        return [.. updates.Reverse().Select(update => (room -= update.Actions.Sum(a => a.Step.Length + a.Who.Length + (a.MovedBecause?.Length ?? 0))) >= 0 ? update : update with { Actions = [] }).Reverse()];
    }

    /// <summary>Puts a request for more time before staff; the deadline stands until they decide.</summary>
    public static Outcome<Change> AskForTime(Recommendation state, Situation situation, TimeForm form, Recipient contact)
    {
        if (!state.Ask.IsOpen)
        {
            return Refusal.Conflict("Nothing is owed on this recommendation at the moment, so there is no deadline to move.");
        }

        var problems = new Problems();
        form.Check(problems, state.Ask.SaidDueOn(situation.Today, situation.Calendar), situation.Today);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var request = new TimeRequest(form.DueOn!.Value, form.Reason!.Trim(), new Answerer(form.Name!.Trim(), form.Role!.Trim(), contact.Email.ToString()), situation.Now);
        return new Change(
            state with { TimeRequest = request.After(state.TimeRequest) },
            [new NewEvent(EventTypes.TimeRequested, new { dueOn = request.DueOn, reason = request.Reason, from = state.Ask.DueOn }, request.By)],
            Change.NoLetters);
    }

    /// <summary>Takes what an organisation still wants to say when the recommendation is closed: nothing is asked, and staff are told.</summary>
    public static Outcome<Change> Note(Recommendation state, Situation situation, NoteForm form, Recipient contact)
    {
        if (!MayAnswer(contact))
        {
            return Refusal.Conflict("This link lets you read. The organisation’s own contacts send notes.");
        }

        if (state.Status != RecommendationStatus.Closed)
        {
            return Refusal.Conflict("This recommendation is open again. Send your answer or your report instead.");
        }

        var problems = new Problems();
        form.Check(problems);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var by = new Answerer(form.Name!.Trim(), form.Role!.Trim(), contact.Email.ToString());
        var organisation = situation.Directory.NameOf(state.OrganisationId);
        return new Change(
            state,
            [new NewEvent(EventTypes.NoteReceived, new { text = form.Text!.Trim() }, by)],
            [new LetterToSend(MessageKind.Receipt, Letters.Of(new Letters.NoteTaken(state.Id, state.Text, form.Text.Trim(), by, situation.Now)), ReceiptTo(contact, state.OrganisationId, situation))],
            new StaffTask
            {
                Key = $"note|{state.Id.Inspection}|{state.Id.Number.Padded}|{state.LastEvent + 1}",
                Kind = TaskKind.NoteReceived,
                OrganisationId = state.OrganisationId,
                Recommendation = state.Id,
                What = $"Read the note on recommendation {state.Id}",
                Why = $"{organisation} sent it after the recommendation was closed.",
                Since = situation.Now,
            });
    }

    /// <summary>Whether a contact may answer at all: the organisation's own may, those above may read.</summary>
    public static bool MayAnswer(Recipient contact) => contact.Relation == Relation.Own;

    private static Refusal? WhyNot(Recommendation state, AskKind kind, Recipient contact)
    {
        if (!MayAnswer(contact))
        {
            return Refusal.Conflict("This link lets you read. The organisation’s own contacts answer.");
        }

        return state.Ask.IsOpen && state.Ask.Kind == kind
            ? null
            : Refusal.Conflict(kind == AskKind.Response
                ? "Your organisation has already answered this recommendation. What it said is shown here."
                : "No progress report is asked for at the moment.");
    }

    private static Ask Met(Ask ask, Situation situation) => ask with { ClosedOn = situation.Today, PausedOn = null, PausedUntil = null };

    /// <summary>The answerer's address, and every valid main and second contact.</summary>
    private static List<Recipient> ReceiptTo(Recipient contact, OrganisationId organisation, Situation situation) =>
    [
        .. (situation.Directory.Find(organisation)?.ContactsOn(situation.Today, ContactRole.Main, ContactRole.Second) ?? [])
            .Select(c => new Recipient(c.Name, c.Email, Relation.Own, c.Role, organisation))
            .Prepend(contact)
            .DistinctBy(r => r.Email),
    ];
}
