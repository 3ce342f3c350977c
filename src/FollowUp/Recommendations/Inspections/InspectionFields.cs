using System.ComponentModel.DataAnnotations;

namespace FollowUp.Recommendations;

/// <summary>A recommendation in the fields of a form, with one choice for each responsible organisation.</summary>
internal sealed class RecommendationFields
{
    public string? Text { get; set; }

    public string? Theme { get; set; }

    public List<string?> OrganisationIds { get; set; } = [null];

    [Display(Name = "Deadline")]
    public DateOnly? ResponseDueOn { get; set; }

    public RecommendationForm ToForm() => new()
    {
        Text = Text,
        Theme = Theme,
        OrganisationIds = [.. OrganisationIds.OfType<string>()],
        ResponseDueOn = ResponseDueOn,
    };

    /// <summary>The drafts of an inspection as fields: 3a and 3b are one recommendation to two organisations.</summary>
    public static List<RecommendationFields> Of(IEnumerable<DraftRecommendation> drafts) =>
    [
        .. from draft in drafts
           group draft by draft.Number.ToString().TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]) into same
           let first = same.First()
           select new RecommendationFields
           {
               Text = first.Text,
               Theme = first.Theme,
               ResponseDueOn = first.ResponseDueOn,
               OrganisationIds = [.. same.Select(d => d.OrganisationId.ToString())],
           },
    ];
}

/// <summary>The lead inspector in the fields of a form.</summary>
internal sealed class PersonFields
{
    public string? Name { get; set; }

    public string? Email { get; set; }
}
