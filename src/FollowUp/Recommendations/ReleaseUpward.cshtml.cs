namespace FollowUp.Recommendations;

internal sealed class ReleaseUpwardPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    protected override string Done => "Emails to those above leave again";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => UpwardCommands.Release(state, situation);
}
