using System.Globalization;
using Microsoft.Extensions.Options;

namespace FollowUp.Pages;

/// <summary>RFC 9116: where to report a weakness.</summary>
internal static class SecurityText
{
    public static IResult Answer(IOptions<PagesOptions> options)
    {
        if (options.Value.SecurityContact is not { } contact)
            return Results.NotFound();
        var expires = TimeProvider.System.GetUtcNow().AddDays(180).ToString("yyyy-MM-ddT00:00:00Z", CultureInfo.InvariantCulture);
        return Results.Text($"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\n");
    }
}
