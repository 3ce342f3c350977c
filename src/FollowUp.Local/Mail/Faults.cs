using System.Collections.Concurrent;
using System.Text.Json;

namespace FollowUp.Local.Mail;

/// <summary>What goes wrong with email on demand. Counts run down to nothing; without one a fault stays until it is put off.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private int _status = 503;
    private long _refusals, _hangs, _cuts;

    /// <summary>How long the event webhooks wait; null when none is sent.</summary>
    public TimeSpan? WebhookDelay { get; private set; } = TimeSpan.Zero;

    /// <summary>Whether the virus scanner answers.</summary>
    public bool Scans { get; private set; } = true;

    public object Show() => new
    {
        status = _refusals > 0 ? _status : (int?)null,
        count = _refusals,
        hang = _hangs,
        cutAfterAccept = _cuts,
        addresses = _addresses,
        scan = Scans ? "on" : "off",
        webhooks = WebhookDelay is { } delay ? delay == TimeSpan.Zero ? "on" : delay.ToString() : "off",
    };

    public int? TakeRefusal() => Take(ref _refusals) ? _status : null;

    public bool TakeHang() => Take(ref _hangs);

    public bool TakeCut() => Take(ref _cuts);

    /// <summary>What happens to an email to an address: delivered, bounce, dropped, deferred, blocked or spamreport.</summary>
    public string FateOf(string address) => _addresses.GetValueOrDefault(address, "delivered");

    /// <summary>Sets the faults that a request names; says what it does not understand.</summary>
    public string? Set(JsonElement wish)
    {
        if (wish.ValueKind != JsonValueKind.Object)
            return "Send an object, such as {\"status\":503,\"count\":3}.";

        lock (_gate)
        {
            foreach (var property in wish.EnumerateObject())
            {
                if (!Set(property.Name, property.Value))
                    return $"\"{property.Name}\": {property.Value.GetRawText()} is not understood.";
            }

            if (wish.TryGetProperty("status", out _) && !wish.TryGetProperty("count", out _))
                _refusals = long.MaxValue;
            return null;
        }
    }

    private bool Set(string name, JsonElement value) => (name, value.ValueKind) switch
    {
        ("off", JsonValueKind.True) => AllOff(),
        ("status", JsonValueKind.Number) => value.TryGetInt32(out _status) && _status is >= 300 and < 600,
        ("count", JsonValueKind.Number) => value.TryGetInt64(out _refusals),
        ("hang", _) => Count(value, ref _hangs),
        ("cutAfterAccept", _) => Count(value, ref _cuts),
        ("bounce" or "dropped" or "deferred" or "blocked" or "spamreport" or "unsubscribe" or "delivered", JsonValueKind.String) => Fate(value.GetString()!, name),
        ("scan", JsonValueKind.String) => Scan(value.GetString()!),
        ("webhooks", JsonValueKind.String) => Webhooks(value.GetString()!),
        _ => false,
    };

    private bool AllOff()
    {
        _refusals = _hangs = _cuts = 0;
        _addresses.Clear();
        Scans = true;
        WebhookDelay = TimeSpan.Zero;
        return true;
    }

    private bool Fate(string address, string fate)
    {
        _addresses[address] = fate;
        return true;
    }

    private bool Scan(string wish)
    {
        Scans = wish == "on";
        return wish is "on" or "off";
    }

    private bool Webhooks(string wish)
    {
        WebhookDelay = wish switch
        {
            "off" => null,
            "on" => TimeSpan.Zero,
            _ => TimeSpan.TryParse(wish, System.Globalization.CultureInfo.InvariantCulture, out var delay) ? delay : TimeSpan.Zero,
        };
        return true;
    }

    private static bool Count(JsonElement value, ref long counter)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                counter = long.MaxValue;
                return true;
            case JsonValueKind.False:
                counter = 0;
                return true;
            case JsonValueKind.Number:
                return value.TryGetInt64(out counter);
            default:
                return false;
        }
    }

    private bool Take(ref long counter)
    {
        lock (_gate)
        {
            if (counter <= 0)
                return false;
            if (counter != long.MaxValue)
                counter--;
            return true;
        }
    }
}
