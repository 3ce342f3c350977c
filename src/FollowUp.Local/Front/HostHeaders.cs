namespace FollowUp.Local.Front;

/// <summary>What the host adds to every call.</summary>
internal static class HostHeaders
{
    public const string Version = "4.1037.0.0";
    public const string UserAgent = "Azure-Functions-Host/" + Version;

    public static string Stamp(HttpRequestMessage request)
    {
        var id = Guid.NewGuid().ToString();
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-HostVersion", Version);
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", id);
        return id;
    }

    public static SocketsHttpHandler Connections() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    };
}
