using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace FollowUp.Tests.Replies;

/// <summary>A page as it came.</summary>
internal sealed partial record Seen(HttpStatusCode Status, string Address, string Html)
{
    public IHtmlDocument Document => field ??= new HtmlParser().ParseDocument(Html);

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(e => e.TextContent.Trim())];

    /// <summary>The page without the one thing that is new each time.</summary>
    public string WithoutNonce => Nonce().Replace(Html, "");

    /// <summary>What the form would send: every field as it is filled in.</summary>
    public Dictionary<string, string> Fields
    {
        get
        {
            var fields = new Dictionary<string, string>();
            foreach (var input in Document.QuerySelectorAll("form input").OfType<IHtmlInputElement>().Where(i => i.Name is not null && (i.Type is not ("radio" or "checkbox") || i.IsChecked)))
                fields[input.Name!] = input.Value;
            foreach (var area in Document.QuerySelectorAll("form textarea").OfType<IHtmlTextAreaElement>())
                fields[area.Name!] = area.Value;
            return fields;
        }
    }

    [GeneratedRegex("(?<=name=\"__RequestVerificationToken\" type=\"hidden\" value=\")[^\"]*")]
    private static partial Regex Nonce();
}

/// <summary>A person with a browser of their own, without scripts.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _client;
    private readonly Func<string, string> _addressOf;

    public Visitor(Uri service, Func<string, string> addressOf)
    {
        _addressOf = addressOf;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = Cookies }) { BaseAddress = service };
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<Seen> OpenAsync(string address) => await SeeAsync(await _client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Sends the page's form as it is filled in, but for the fields that the person fills in now.</summary>
    public Task<Seen> SendAsync(Seen page, string? button = null, params IEnumerable<(string Name, string? Value)> typed) => SendAsync(page, button, typed, []);

    public async Task<Seen> SendAsync(Seen page, string? button, IEnumerable<(string Name, string? Value)> typed, IEnumerable<(string Name, string Value)> headers)
    {
        var fields = page.Fields;
        foreach (var (name, value) in typed)
        {
            if (value is null)
                fields.Remove(name);
            else
                fields[name] = value;
        }

        if (button is not null)
            fields["do"] = button;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await SeeAsync(await _client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends fields as somebody does who has no page before them; a name may come twice.</summary>
    public async Task<Seen> PostAsync(string address, IEnumerable<(string Name, string Value)> fields, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await SeeAsync(await _client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends the page's form of several parts, with a file or without one, as a browser does.</summary>
    public async Task<Seen> SendWithFileAsync(Seen page, string button, (string Name, byte[] Content)? file = null, params IEnumerable<(string Name, string Value)> typed)
    {
        var fields = page.Document.QuerySelectorAll("form#report input").OfType<IHtmlInputElement>()
            .Where(i => i.Name is not null && i.Type != "file" && (i.Type is not ("radio" or "checkbox") || i.IsChecked)).Select(i => (i.Name!, i.Value))
            .Concat(page.Document.QuerySelectorAll("form#report textarea").OfType<IHtmlTextAreaElement>().Select(a => (a.Name!, a.Value)))
            .Where(f => !typed.Any(t => t.Name == f.Item1));
        const string Boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        using var body = new MemoryStream();
        foreach (var (name, value) in fields.Concat(typed).Append(("do", button)))
            body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        // As browsers write it: the name as it is, but for quotation marks and line breaks
        var named = (file?.Name ?? "").Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{named}\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
        body.Write(file?.Content ?? []);
        body.Write(Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"));
        using var form = new ByteArrayContent(body.ToArray());
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
        return await SeeAsync(await _client.PostAsync(new Uri(page.Address.Split('#')[0], UriKind.Relative), form, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends bytes as no browser writes them.</summary>
    public async Task<Seen> PostRawAsync(string address, string contentType, byte[] body)
    {
        using var form = new ByteArrayContent(body);
        form.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SeeAsync(await _client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken));
    }

    /// <summary>Fetches an address without looking at it as a page.</summary>
    public async Task<HttpResponseMessage> FetchAsync(string address) => await _client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Opens a link and confirms the address that it was sent to; returns the address of the task list, without the token.</summary>
    public async Task<string> StartAsync(string link)
    {
        var started = await SendAsync(await OpenAsync(link), null, ("Email", _addressOf(link)));
        Assert.Equal(HttpStatusCode.OK, started.Status);
        return string.Join('/', started.Address.Split('/').Take(4));
    }

    public void Dispose() => _client.Dispose();

    private static async Task<Seen> SeeAsync(HttpResponseMessage answer)
    {
        using (answer)
            return new Seen(answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>What a person fills in.</summary>
internal static class Typed
{
    public static (string, string?)[] Agreed(string step = "Recruit four officers") =>
    [
        ("position", "Agreed"), ("actions[0].step", step), ("actions[0].who", "Head of operations"),
        ("actions[0].targetOn.Day", "31"), ("actions[0].targetOn.Month", "3"), ("actions[0].targetOn.Year", "2018"),
    ];

    public static (string, string?)[] Declaration { get; } = [("name", "Ann First"), ("role", "Head of Service"), ("declared", "true")];
}
