using FollowUp.Storage;

namespace FollowUp.Tests.Storage;

public sealed class KeptTests
{
    private readonly Watch watch = new();
    private int reads;

    [Fact]
    public async Task It_is_read_again_when_the_stamp_is_another_one()
    {
        var kept = new Kept<string>(watch);

        Assert.Equal("read 1", await kept.GetAsync(null, ReadAsync));
        Assert.Equal("read 1", await kept.GetAsync(null, ReadAsync));
        Assert.Equal("read 2", await kept.GetAsync("a", ReadAsync));
        Assert.Equal("read 2", await kept.GetAsync("a", ReadAsync));
        Assert.Equal("read 3", await kept.GetAsync("b", ReadAsync));
    }

    [Fact]
    public async Task A_change_without_its_stamp_is_seen_after_twenty_seconds()
    {
        var kept = new Kept<string>(watch);
        await kept.GetAsync("a", ReadAsync);

        watch.Now += TimeSpan.FromSeconds(21);

        Assert.Equal("read 2", await kept.GetAsync("a", ReadAsync));
    }

    [Fact]
    public async Task One_of_many_reads_it_again_before_its_time_is_over()
    {
        var kept = new Kept<string>(watch);
        await kept.GetAsync("a", ReadAsync);

        watch.Now += TimeSpan.FromSeconds(15);
        var slow = new TaskCompletionSource<string>();
        var one = kept.GetAsync("a", () => slow.Task);

        Assert.Equal("read 1", await kept.GetAsync("a", ReadAsync));
        slow.SetResult("read anew");
        Assert.Equal("read anew", await one);
        Assert.Equal("read anew", await kept.GetAsync("a", ReadAsync));
    }

    private Task<string> ReadAsync() => Task.FromResult($"read {++reads}");

    private sealed class Watch : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2017, 9, 14, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
