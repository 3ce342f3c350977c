namespace FollowUp.Recommendations;

internal sealed class ReleaseUpwardPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    protected override string Done => "Upward emails are released";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => UpwardCommands.Release(state, situation);
}
