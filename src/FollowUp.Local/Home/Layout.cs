using System.Text.Encodings.Web;

namespace FollowUp.Local.Home;

/// <summary>The console's pages: plain, and plainly not the service's own.</summary>
internal static class Layout
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem 1.5rem;color:#1d2433;background:#fbfbfd}
        nav{display:flex;gap:1.25rem;border-bottom:1px solid #c9cedb;padding-bottom:.5rem;margin-bottom:1.5rem}
        a{color:#20489c} h1{font-size:1.5rem;margin:.5rem 0 1rem} h2{font-size:1.15rem}
        table{border-collapse:collapse;width:100%} th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #e1e4ec;vertical-align:top}
        button,input{font:inherit;padding:.3rem .7rem} form{margin:.5rem 0} label{margin-right:.5rem}
        iframe{width:100%;height:46rem;border:1px solid #c9cedb;background:#fff}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #c9cedb;background:#fff;padding:1rem;margin:0;font-size:.875rem}
        .beside{display:grid;grid-template-columns:3fr 2fr;gap:1.5rem} @media(max-width:60rem){.beside{grid-template-columns:1fr}}
        .people form{display:inline-block;margin:0 .75rem .75rem 0}
        """;

    public static IResult Page(string title, string body) => Results.Content(Html(title, body), "text/html; charset=utf-8");

    public static string Html(string title, string body) => $"""
        <!doctype html>
        <html lang="en-GB">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)} - FollowUp console</title><style>{Style}</style></head>
        <body>
        <nav aria-label="Console"><a href="/">Console</a><a href="/inbox">Inbox</a></nav>
        <main><h1>{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>
        """;

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
