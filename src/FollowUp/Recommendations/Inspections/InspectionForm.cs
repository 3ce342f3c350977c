using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>A person as somebody has written them down.</summary>
public sealed record PersonForm(string? Name, string? Email)
{
    internal Person? Read(Problems problems, string field, string who)
    {
        var name = problems.PersonName(Name, field + ".name", $"the name of {who}");
        problems.AddWhen(!EmailAddress.TryParse(Email, null, out var email), field + ".email", EmailAddress.Expected);
        return new Person(name, email);
    }
}

/// <summary>A recommendation as somebody has written it down, to one organisation or several.</summary>
public sealed record RecommendationForm
{
    public string? OrganisationId { get; init; }

    public IReadOnlyList<string>? OrganisationIds { get; init; }

    public string? Text { get; init; }

    public string? Theme { get; init; }

    public DateOnly? ResponseDueOn { get; init; }

    internal IEnumerable<string> Organisations =>
        (OrganisationIds ?? []).Append(OrganisationId ?? "").Where(o => !string.IsNullOrWhiteSpace(o)).Select(o => o.Trim());
}

/// <summary>An inspection with its recommendations as somebody has written it down: every part may be missing or wrong.</summary>
public sealed record InspectionForm
{
    public const int LongestText = 5000;
    public const int MostRecommendations = 99;

    public string? Title { get; init; }

    public string? Area { get; init; }

    public string? Programme { get; init; }

    public DateOnly? PublishedOn { get; init; }

    public string? ReportUrl { get; init; }

    public PersonForm? LeadInspector { get; init; }

    public IReadOnlyList<RecommendationForm>? Recommendations { get; init; }

    /// <summary>The inspection that the form describes, with an id to be chosen, or what is wrong with it.</summary>
    internal Outcome<(Inspection Inspection, IReadOnlyList<DraftRecommendation> Drafts)> Read(OrganisationDirectory directory, WorkingCalendar calendar, DateOnly today, DateTimeOffset now)
    {
        var problems = new Problems();
        var inspection = ReadHeader(problems, calendar, today, now);
        var drafts = ReadDrafts(problems, directory);
        return problems.Any ? problems.Refusal : (inspection, drafts);
    }

    private Inspection ReadHeader(Problems problems, WorkingCalendar calendar, DateOnly today, DateTimeOffset now)
    {
        problems.AddWhen(PublishedOn is null, "publishedOn", "Enter the publication date");
        var earliest = calendar.KnownFrom;
        var latest = today.AddYears(2) < calendar.KnownUntil.AddYears(-1) ? today.AddYears(2) : calendar.KnownUntil.AddYears(-1);
        problems.AddWhen(PublishedOn < earliest, "publishedOn", $"The publication date must be {earliest.InWords()} or later: bank holidays before it are not known");
        problems.AddWhen(PublishedOn > latest, "publishedOn", $"The publication date must be {latest.InWords()} or earlier");
        return new Inspection
        {
            Id = default,
            Title = problems.Line(Title, "title", "the title of the inspection", 200),
            Area = problems.Line(Area, "area", "the area that was inspected", 100),
            Programme = problems.Line(Programme, "programme", "the inspection programme", 100),
            PublishedOn = PublishedOn ?? today,
            ReportUrl = ReadReportUrl(problems),
            LeadInspector = (LeadInspector ?? new PersonForm(null, null)).Read(problems, "leadInspector", "the lead inspector")!,
            CreatedAt = now,
        };
    }

    private string? ReadReportUrl(Problems problems)
    {
        var text = problems.OptionalText(ReportUrl, "reportUrl", "the report’s web address", 500);
        var sound = text is null || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
        problems.AddWhen(!sound, "reportUrl", "Enter the report’s full web address, starting with https://");
        return text;
    }

    private List<DraftRecommendation> ReadDrafts(Problems problems, OrganisationDirectory directory)
    {
        var drafts = new List<DraftRecommendation>();
        var forms = Recommendations ?? [];
        problems.AddWhen(forms.Count == 0, "recommendations", "Add at least one recommendation");
        for (var i = 0; i < forms.Count; i++)
        {
            // A null in the list is a recommendation without any of its parts.
            drafts.AddRange(ReadDraft(problems, forms[i] ?? new RecommendationForm(), i, directory));
        }

        problems.AddWhen(drafts.Count > MostRecommendations, "recommendations", $"An inspection has {MostRecommendations} recommendations or fewer, counted once for each responsible organisation");
        return drafts;
    }

    private IEnumerable<DraftRecommendation> ReadDraft(Problems problems, RecommendationForm form, int index, OrganisationDirectory directory)
    {
        var field = $"recommendations[{index}]";
        var text = problems.Text(form.Text, field + ".text", "the words of the recommendation", LongestText);
        var theme = problems.OptionalText(form.Theme, field + ".theme", "the theme", 100);
        problems.AddWhen(form.ResponseDueOn <= PublishedOn, field + ".responseDueOn", "The deadline must be after the publication date");
        problems.AddWhen(form.ResponseDueOn > PublishedOn?.AddYears(1), field + ".responseDueOn", "The deadline must be within a year of publication");
        var organisations = form.Organisations.Distinct().ToList();
        problems.AddWhen(organisations.Count == 0, field + ".organisationId", "Choose the responsible organisation");
        problems.AddWhen(organisations.Count > 26, field + ".organisationIds", "Choose 26 organisations or fewer");
        for (var i = 0; i < organisations.Count && i < 26; i++)
        {
            var known = FollowUp.Organisations.OrganisationId.TryParse(organisations[i], null, out var id) && directory.Find(id) is not null;
            problems.AddWhen(!known, field + (form.OrganisationIds is null ? ".organisationId" : $".organisationIds[{i}]"), directory.IsUnreadable(id) ? $"The row of the organisation “{id}” cannot be read: have it looked at first" : $"There is no organisation “{organisations[i]}”: choose one from the directory, or add it first");
            yield return new DraftRecommendation
            {
                Number = RecommendationNumber.Parse($"{Math.Min(index + 1, 999)}{(organisations.Count > 1 ? (char)('a' + i) : "")}", null),
                OrganisationId = id,
                Text = text,
                Theme = theme,
                ResponseDueOn = form.ResponseDueOn,
            };
        }
    }
}
