namespace FollowUp.Recommendations;

internal sealed class ResumePage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    protected override string Done => "Chasing resumed";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => DeadlineCommands.Resume(state, situation);
}
