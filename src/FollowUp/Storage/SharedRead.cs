namespace FollowUp.Storage;

/// <summary>
/// One read for all who ask while another is under way. Everybody gets what was read after they asked, never before.
/// </summary>
internal sealed class SharedRead<T>
{
    private readonly Lock turn = new();
    private Task<T>? underWay;
    private Task<T>? next;

    public Task<T> RunAsync(Func<Task<T>> readAsync)
    {
        lock (turn)
        {
            if (next is not null)
            {
                return next;
            }

            return underWay is { IsCompleted: false } earlier ? next = AfterAsync(earlier, readAsync) : underWay = readAsync();
        }
    }

    private async Task<T> AfterAsync(Task earlier, Func<Task<T>> readAsync)
    {
        // How the earlier one ended is the business of those who asked for it. Yielding, since whoever made this the next
        // one holds the turn until that is noted
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        Task<T> mine;
        lock (turn)
        {
            next = null;
            underWay = mine = readAsync();
        }

        return await mine;
    }
}
