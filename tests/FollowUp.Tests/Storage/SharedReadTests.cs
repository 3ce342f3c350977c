using FollowUp.Storage;

namespace FollowUp.Tests.Storage;

public sealed class SharedReadTests
{
    private readonly Queue<TaskCompletionSource<int>> begun = [];
    private readonly SharedRead<int> shared = new();
    private int reads;

    [Fact]
    public async Task Who_asks_while_nothing_is_read_gets_a_read_of_their_own()
    {
        var first = Ask();
        begun.Dequeue().SetResult(1);
        Assert.Equal(1, await first);

        var second = Ask();
        begun.Dequeue().SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Nobody_gets_what_began_to_be_read_before_they_asked_and_those_who_wait_share_the_next()
    {
        var first = Ask();
        var (second, third) = (Ask(), Ask());
        Assert.Equal(1, reads);

        begun.Dequeue().SetResult(1);
        Assert.Equal(1, await first);
        Assert.False(second.IsCompleted);

        begun.Dequeue().SetResult(2);
        Assert.Equal((2, 2), (await second, await third));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task A_read_that_fails_fails_for_those_in_it_alone()
    {
        var first = Ask();
        var second = Ask();

        begun.Dequeue().SetException(new IOException("Storage is busy."));
        await Assert.ThrowsAsync<IOException>(() => first);

        begun.Dequeue().SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Among_many_at_once_nobody_ever_gets_what_is_older_than_their_question()
    {
        var now = 0;
        async Task<int> ReadAsync()
        {
            var read = Volatile.Read(ref now);
            await Task.Yield();
            return read;
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 100_000), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (_, _) =>
        {
            var asked = Interlocked.Increment(ref now);
            Assert.InRange(await shared.RunAsync(ReadAsync), asked, int.MaxValue);
        });
    }

    private Task<int> Ask() => shared.RunAsync(() =>
    {
        reads++;
        var read = new TaskCompletionSource<int>();
        begun.Enqueue(read);
        return read.Task;
    });
}
