using FollowUp.Chasing.Letters;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing.Letters;

/// <summary>What a letter to those above says was sent before was sent.</summary>
public sealed class EarlierEmailTests
{
    private static readonly DateOnly Today = new(2017, 10, 12);

    [Fact]
    public void Only_what_SendGrid_took_before_today_for_the_present_ask_is_told_once_a_day()
    {
        var state = Gloucestershire.Recommendation(1) with { Ask = Gloucestershire.Recommendation(1).Ask with { Version = 3, OpenedAs = 2 } };

        var told = EarlierEmail.Of(
            state,
            [
                Sent(new(2017, 9, 4), step: 1, version: 1),
                Sent(new(2017, 9, 13), step: 0, version: 2),
                Sent(new(2017, 9, 14), step: 1, version: 2),
                Sent(new(2017, 9, 14), step: 1, version: 2),
                Sent(new(2017, 9, 21), step: 2, version: 3) with { Status = MessageStatus.Cancelled },
                Sent(new(2017, 9, 22), step: 2, version: 3) with { Status = MessageStatus.Withdrawn },
                Sent(new(2017, 9, 27), step: 3, version: 3) with { Status = MessageStatus.Withdrawn, Timeline = [new DeliveryEvent(default, "accepted")] },
                Sent(new(2017, 9, 29), step: 4, version: 3) with { Status = MessageStatus.Failed },
                Sent(new(2017, 10, 5), step: 5, version: 3, about: 2),
                Sent(new(2017, 10, 6), step: 5, version: 3) with { Kind = MessageKind.Receipt },
                Sent(Today, step: 6, version: 3),
            ],
            Ladder.Default,
            Today);

        Assert.Equal([new(new(2017, 9, 14), "First reminder"), new(new(2017, 9, 27), "Last call")], told);
    }

    private static Message Sent(DateOnly on, int step, int version, int about = 1) =>
        A.Message() with { On = on, Items = [new MessageItem(Gloucestershire.Recommendation(about).Id, version, step)], Status = MessageStatus.Accepted, Timeline = [] };
}
