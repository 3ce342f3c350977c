using System.Text.Json;

namespace FollowUp.Local.Mail;

/// <summary>An email as it was accepted.</summary>
/// <param name="Id">The X-Message-Id of the answer.</param>
/// <param name="ReceivedAt">By the movable clock, in London.</param>
/// <param name="Payload">The body of the request, unchanged.</param>
internal sealed record KeptMessage(string Id, DateTimeOffset ReceivedAt, JsonElement Payload)
{
    public bool IsTo(string email) => Payload.GetProperty("personalizations").EnumerateArray()
        .SelectMany(person => person.GetProperty("to").EnumerateArray())
        .Any(to => string.Equals(to.GetProperty("email").GetString(), email, StringComparison.OrdinalIgnoreCase));
}
