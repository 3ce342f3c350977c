using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

/// <summary>A task ends when its cause does, and not before.</summary>
public sealed class TaskRuleTests
{
    private static readonly DateOnly Today = new(2017, 9, 22);
    private static readonly DateTimeOffset Since = new(2017, 9, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly Message Email = A.Message() with { Status = MessageStatus.Failed };
    private static readonly SuspendedAddress Suspended = new(Email.Recipient.Email, Since, "It bounced.", Email.Mid);

    [Fact]
    public void Reaching_somebody_another_way_is_over_when_nothing_is_asked_of_their_organisation_any_more()
    {
        var task = Tasks.EmailFailed(Email, "It was refused.", Since);
        var owing = Gloucestershire.Recommendation(1);

        Assert.False(TaskRule.IsOver(task, About(owing)));
        Assert.True(TaskRule.IsOver(task, About(owing with { Ask = Closed(owing) })));
        Assert.True(TaskRule.IsOver(task, About(owing with { Move = new Move(Gloucestershire.Nps.Id, Today, "A new division", Actor.Service, "op", Arrived: true) })));
        Assert.False(TaskRule.IsOver(task, About(owing with { Ask = Closed(owing) }, Email with { Kind = MessageKind.Decision })));
        Assert.False(TaskRule.IsOver(task, About(owing) with { Email = null }));
    }

    [Theory]
    [InlineData(MessageStatus.Pending, false)]
    [InlineData(MessageStatus.Unknown, false)]
    [InlineData(MessageStatus.Withdrawn, false)] // What it had to say waits in another
    [InlineData(MessageStatus.Accepted, true)]
    [InlineData(MessageStatus.Cancelled, true)]
    [InlineData(MessageStatus.Failed, true)] // That is another task
    public void An_email_that_has_not_left_is_no_task_once_it_has_or_is_not_to(MessageStatus status, bool isOver) =>
        Assert.Equal(isOver, TaskRule.IsOver(Tasks.NotAccepted(Email, Since, Situations.On(Today)), About(Gloucestershire.Recommendation(1), Email with { Status = status })));

    [Fact]
    public void A_suspended_address_is_no_task_once_it_is_used_again_or_nobody_s()
    {
        var task = Tasks.AddressSuspended(Email, "It bounced.", Since);
        var facts = About(Gloucestershire.Recommendation(1)) with { Suspended = new SuspendedAddresses([Suspended], []) };
        var replaced = Gloucestershire.Crc with { Contacts = [A.Contact("Somebody Else")] };

        Assert.False(TaskRule.IsOver(task, facts));
        Assert.True(TaskRule.IsOver(task, facts with { Suspended = SuspendedAddresses.None }));
        Assert.True(TaskRule.IsOver(task, facts with { Directory = new([replaced, Gloucestershire.Nps]) }));
        Assert.False(TaskRule.IsOver(task, facts with { Directory = new([replaced, Gloucestershire.Nps with { Contacts = Gloucestershire.Crc.Contacts }]) }));
        Assert.False(TaskRule.IsOver(task, facts with { Directory = new([replaced]), Email = Email with { Recipient = Email.Recipient with { Relation = Relation.Staff } } }));
    }

    private static Ask Closed(Recommendation state) => state.Ask with { ClosedOn = Today };

    private static TaskFacts About(Recommendation state, Message? email = null) =>
        new(Gloucestershire.Crc, new Dictionary<RecommendationId, Recommendation> { [state.Id] = state }, Gloucestershire.Directory, SuspendedAddresses.None, email ?? Email, Today);
}
