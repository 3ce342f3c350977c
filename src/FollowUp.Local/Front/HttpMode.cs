namespace FollowUp.Local.Front;

/// <summary>How the host hands a public request on.</summary>
internal enum HttpMode
{
    /// <summary>A true reverse proxy.</summary>
    Proxying,

    /// <summary>A copy made by an HTTP client, with that way's losses.</summary>
    Forwarding,
}
