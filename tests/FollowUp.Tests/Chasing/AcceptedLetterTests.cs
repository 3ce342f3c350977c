using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using EventLetters = FollowUp.Recommendations.Letters;

namespace FollowUp.Tests.Chasing;

/// <summary>Of the letters only the one that opens an ask is its notice.</summary>
public sealed class AcceptedLetterTests
{
    private const string Id = "letters/1";

    [Fact]
    public void A_letter_that_asks_for_nothing_is_no_notice()
    {
        using var world = SimActs.Issued("letters", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        Assert.Null(world.Change(Id, (state, now) => new Change(
            state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.NotAgreed), Ask = state.Ask with { ClosedOn = now.Today } }, [new NewEvent(EventTypes.Answered, new { })], Change.NoLetters)).Refusal);
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Review(state, now, Judgement.Unacceptable, "Not enough", new DateOnly(2017, 11, 30), Situations.Reviewer)).Refusal);
        Assert.Null(world.Change(Id, (state, now) => new Change(
            state, [new NewEvent(EventTypes.TimeRefused, new { })], [new LetterToSend(MessageKind.Decision, EventLetters.Of(new EventLetters.TimeRefused(state.Id, state.Text, state.Ask.DueOn, "There is time")))])).Refusal);

        Send(world, "timeRefused");
        Assert.Equal((0, null), Ladder(world));

        Send(world, "returned");
        Assert.Equal((null, SimActs.Day), Ladder(world));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Accepting_an_answer_opens_an_ask_where_progress_is_asked_for(bool asks) =>
        Assert.Equal(asks, EventLetters.OpensAsk(EventLetters.Of(new EventLetters.Accepted(A.RecommendationId(Id), "Do it.", Judgement.Acceptable, null, asks ? SimActs.Day : null))));

    private static (int? Awaits, DateOnly? FirstAcceptedOn) Ladder(SimWorld world) =>
        world.State(Gloucestershire.Crc.Id, Id).Ask.Ladder is var ladder ? (ladder.Awaits, ladder.FirstAcceptedOn) : default;

    private static void Send(SimWorld world, string template)
    {
        var ring = world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal))
            .Select(e => (e.RowKey, FollowUp.Storage.Document.Read<Message>(e).Value)).Single(m => m.Value.Letter?.Template == template);
        world.Calmly(() => world.Services.GetRequiredService<SendEmail>().RunAsync(new EmailRing(ring.Value.Mid, ring.Value.OrganisationId, ring.RowKey), default));
    }
}
