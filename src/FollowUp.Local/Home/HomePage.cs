using System.Globalization;
using FollowUp.Local.Clock;
using FollowUp.Local.Front;
using FollowUp.Local.SignIn;
using FollowUp.Time;

namespace FollowUp.Local.Home;

/// <summary>Where a person begins: what runs, what time it is, and what can be done to it.</summary>
internal static class HomePage
{
    public static void MapHome(this WebApplication app, Uri service, SharedClock clock, IReadOnlyList<Door> doors, Func<bool> isReady) =>
        app.MapGet("/", () => Layout.Page("FollowUp on this machine", Body(service, clock.UtcNow.InLondon(), doors, isReady())));

    private static string Body(Uri service, DateTimeOffset now, IReadOnlyList<Door> doors, bool ready) => $"""
        {(ready ? "" : "<p><strong>Still starting.</strong></p>")}
        <p>The service: <a href="{service}">start page</a>, <a href="{service}staff">staff pages</a>, <a href="{service}openapi/v1.json">API</a>, <a href="{service}health/chase">health of the chase</a>.
        What it sent: <a href="/inbox">inbox</a>, also <a href="/api/messages">as JSON</a>.</p>

        <h2>Clock</h2>
        <p>In the service it is <strong>{now.ToString("dddd d MMMM yyyy HH:mm:ss", CultureInfo.GetCultureInfo("en-GB"))}</strong>, London time.
        Moving it plays every day on the way, so a month takes a while.</p>
        <form method="post" action="/clock"><button name="advance" value="1.00:00:00">One day on</button> <button name="advance" value="7.00:00:00">One week on</button></form>
        <form method="post" action="/clock"><label for="now">Until</label><input id="now" name="now" type="datetime-local" required min="{now:yyyy-MM-ddTHH:mm}" value="{now.Date.AddDays(1).AddHours(9):yyyy-MM-ddTHH:mm}"> <button>Move</button></form>

        <h2>Timers</h2>
        <p>They fire by the clock; here they fire at once.</p>
        <div class="people">{string.Concat(doors.Where(door => door.IsTimer).Select(Button))}</div>

        <h2>People</h2>
        <p>Sign in on the <a href="{service}staff">staff pages</a> as one of these. For the API, ask <code>POST /connect/token</code> for client credentials with the role as <code>client_id</code> and <code>{OpenIdProvider.Secret}</code> as <code>client_secret</code>.</p>
        <table><thead><tr><th>Person</th><th>Role</th><th></th></tr></thead><tbody>{string.Concat(Person.All.Select(Row))}</tbody></table>
        """;

    private static string Button(Door door) => $"<form method=\"post\" action=\"/functions/{door.Name}\"><button>{door.Name}</button></form>";

    private static string Row(Person person) => $"<tr><td>{Layout.Encode(person.Name)}</td><td>{person.Role}</td><td>{Layout.Encode(person.Does)}</td></tr>";
}
