using System.Globalization;
using System.Text.Json;
using FollowUp.Local.Clock;
using FollowUp.Time;

namespace FollowUp.Local.Mail;

/// <summary>Every email that was accepted, oldest first, kept on disk.</summary>
internal sealed class Inbox
{
    private readonly Lock _gate = new();
    private readonly List<KeptMessage> _messages = [];
    private readonly string _folder;
    private readonly SharedClock _clock;

    public Inbox(string folder, SharedClock clock)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _clock = clock;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json").Order(StringComparer.Ordinal))
            _messages.Add(JsonSerializer.Deserialize<KeptMessage>(File.ReadAllText(file), JsonSerializerOptions.Web)!);
    }

    public IReadOnlyList<KeptMessage> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    public KeptMessage? Find(string id) => All.FirstOrDefault(message => message.Id == id);

    public KeptMessage Keep(JsonElement payload)
    {
        lock (_gate)
        {
            var message = new KeptMessage(NewId(), _clock.UtcNow.InLondon(), payload.Clone());
            _messages.Add(message);
            var name = _messages.Count.ToString("D6", CultureInfo.InvariantCulture) + ".json";
            var temporary = Path.Combine(_folder, name + ".new");
            File.WriteAllText(temporary, JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
            File.Move(temporary, Path.Combine(_folder, name), overwrite: true);
            return message;
        }
    }

    // SendGrid's are 22 characters of URL-safe base64
    private static string NewId() => Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
