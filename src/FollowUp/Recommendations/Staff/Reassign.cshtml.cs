using System.ComponentModel.DataAnnotations;
using FollowUp.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Recommendations;

internal sealed class ReassignPage(ReassignRecommendation reassign, FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation)
    : CommandPage(find, change, readSituation)
{
    [BindProperty]
    public string? OrganisationId { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty, Display(Name = "New deadline")]
    public DateOnly? DueOn { get; set; }

    /// <summary>The organisations that can take it over.</summary>
    public IEnumerable<SelectListItem> Organisations =>
        from organisation in Situation.Directory.All
        where organisation.Id != State.OrganisationId && !organisation.HasEndedOn(Situation.Today)
        select new SelectListItem(organisation.Name, organisation.Id.ToString());

    protected override string Done => "Given to another organisation";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) =>
        ReassignRule.Reassign(state, situation, OrganisationId, Reason, DueOn, Command.By(User.AsActor()));

    protected override Task<Outcome<Recommendation>> CarryOutAsync(Command command, CancellationToken stop) =>
        reassign.RunAsync(State.Id, command, OrganisationId, Reason, DueOn, stop);

    protected override void Prepare() =>
        OrganisationId = Situation.Directory.Find(State.OrganisationId)?.Successor?.ToString();
}
