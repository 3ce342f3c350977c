namespace FollowUp.Pages;

/// <summary>The Host header as it came, before the configured address took its place; of use only to tell who calls.</summary>
internal sealed record AskedHost(HostString Host);
