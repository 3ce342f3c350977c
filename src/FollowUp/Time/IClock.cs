namespace FollowUp.Time;

/// <summary>
/// The domain's clock: what day it is for deadlines, chasing and the record. Sign-in, tokens, cookies,
/// leases of the storage and signatures keep real time and never ask this one.
/// </summary>
public interface IClock
{
    /// <summary>The present moment, in UTC.</summary>
    DateTimeOffset UtcNow { get; }
}
