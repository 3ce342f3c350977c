using Azure;
using Azure.Identity;

namespace FollowUp.Storage;

/// <summary>Whether storage, or the identity or vault that stands before it, did not answer or said no: that passes, and is tried again.</summary>
internal static class OutOfReach
{
    /// <summary>The failure itself, or what lies under it: the retries' summary, or the key ring's word about a table that is away.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        RequestFailedException or AuthenticationFailedException => true,
        // So the SDKs end when no answer comes at all
        AggregateException retried => retried.InnerExceptions.All(each => each is OperationCanceledException || Is(each)),
        { InnerException: { } under } => Is(under),
        _ => false,
    };
}
