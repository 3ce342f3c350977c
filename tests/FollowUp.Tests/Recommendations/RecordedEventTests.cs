using System.Text.Json;
using CsCheck;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Recommendations;

public sealed class RecordedEventTests
{
    private static readonly IReadOnlyList<RecordedEvent> Chain = Write("Because", "More time", "Closed at last");

    [Fact]
    public void A_chain_as_it_was_written_is_whole() => Assert.True(IsWhole(Chain));

    [Fact]
    public void A_chain_is_whole_after_it_was_stored_and_read_whatever_people_wrote() =>
        Gen.Select(AnyText.Any, AnyText.Any).Sample((one, other) => Assert.True(IsWhole([.. Write(Paired(one), Paired(other)).Select(Stored)])));

    [Fact]
    public void An_edited_event_is_found()
    {
        var edited = Chain.ToList();
        edited[1] = edited[1] with { Data = JsonSerializer.SerializeToElement(new { reason = "Another" }) };
        Assert.False(IsWhole(edited));

        edited[1] = Chain[1] with { At = Chain[1].At.AddTicks(1) };
        Assert.False(IsWhole(edited));

        edited[1] = Chain[1] with { Actor = ActorKind.System };
        Assert.False(IsWhole(edited));

        edited[1] = Chain[1] with { Personal = Chain[1].Personal! with { ActorName = "Somebody else" } };
        Assert.False(IsWhole(edited));
    }

    [Fact]
    public void Events_in_another_order_are_found() => Assert.False(IsWhole([Chain[0], Chain[2], Chain[1]]));

    [Fact]
    public void An_event_that_was_taken_out_is_found() => Assert.False(IsWhole([Chain[0], Chain[2]]));

    [Fact]
    public void An_event_that_was_put_in_is_found()
    {
        var put = RecordedEvent.Next(2, Chain[0].Hash, new NewEvent(EventTypes.Closed, new { }), Situations.Reviewer, "op", Chain[1].At);

        Assert.True(put.IsSound());
        Assert.False(IsWhole([Chain[0], put, Chain[1], Chain[2]]));
    }

    [Fact]
    public void An_erased_personal_part_leaves_the_chain_whole()
    {
        var erased = Chain.Select(e => e with { Personal = null }).ToList();

        Assert.True(IsWhole(erased));
        Assert.DoesNotContain("Grace", Json.Write(erased), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_change_is_named_and_an_end_that_was_taken_off_is_one()
    {
        Assert.Equal(2, RecordedEvent.FindChange([Chain[0], Chain[2]], Chain[2].Hash));
        Assert.Equal(3, RecordedEvent.FindChange([Chain[0], Chain[1]], Chain[2].Hash));
        Assert.Equal(1, RecordedEvent.FindChange([], Chain[2].Hash));
        Assert.Null(RecordedEvent.FindChange([], ""));
    }

    private static bool IsWhole(IReadOnlyList<RecordedEvent> events) => RecordedEvent.FindChange(events, events[^1].Hash) is null;

    private static IReadOnlyList<RecordedEvent> Write(params string[] reasons) => FollowUp.Recommendations.Record.Append(
        A.Recommendation(),
        [.. reasons.Select(r => new NewEvent(EventTypes.Extended, new { reason = r, to = new DateOnly(2017, 10, 12) }, new { note = r }))],
        Situations.Reviewer,
        "op-1",
        Situations.On("2017-09-22").Now).Events;

    private static RecordedEvent Stored(RecordedEvent one) => Json.Read<RecordedEvent>(Json.Write(one));

    // Half a pair is refused at the door
    private static string Paired(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
