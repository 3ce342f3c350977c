namespace FollowUp.Email;

/// <summary>How the HTML part looks.</summary>
internal static class EmailLayout
{
    public const string Text = Font + "margin:0 0 16px;font-size:17px;line-height:1.5;";
    public const string Small = Font + "margin:0 0 12px;font-size:15px;line-height:1.45;color:#505a5f;";
    public const string Notice = Font + "margin:0 0 20px;padding:10px 14px;border-left:6px solid #d4351c;background-color:#fbeeec;font-size:17px;line-height:1.45;font-weight:bold;";
    public const string Quote = Font + "margin:0 0 20px;padding:8px 0 8px 15px;border-left:8px solid #b1b4b6;font-size:17px;line-height:1.5;";
    public const string List = Font + "margin:0 0 16px;padding:0 0 0 22px;font-size:17px;line-height:1.5;";
    public const string ListItem = "margin:0 0 6px;";
    public const string Facts = Font + "margin:0 0 20px;border-collapse:collapse;";
    public const string FactLabel = "font-family:Arial,Helvetica,sans-serif;overflow-wrap:break-word;word-break:normal;" + FactCell + "width:33%;padding-right:12px;text-align:left;font-weight:bold;";
    public const string FactValue = Font + FactCell;
    public const string ButtonTable = "margin:4px 0 10px;border-collapse:separate;";
    public const string ButtonCell = "border-bottom:3px solid #002d18;mso-padding-alt:11px 18px;";
    public const string Button = "display:inline-block;padding:11px 18px;font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.2;font-weight:bold;color:#ffffff;text-decoration:none;";
    public const string BareLink = Font + "margin:0 0 20px;font-size:15px;line-height:1.4;";
    public const string Link = "color:#1d70b8;text-decoration:underline;";
    public const string Rule = "margin:24px 0;border:0;border-top:1px solid #b1b4b6;height:1px;";

    /// <summary>The whole document around the pieces; every argument is HTML already.</summary>
    public static string Page(string subject, string preview, string inspectorate, string footer, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
        <title>{{subject}}</title>
        <style>
        :root { color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          .page, .sheet { background-color: #16181a !important; }
          .sheet, .sheet h1, .sheet h2, .sheet h3, .sheet p, .sheet li, .sheet th, .sheet td, .quote { color: #f3f2f1 !important; }
          .notice { background-color: #3d1a15 !important; }
          .quiet { color: #b1b4b6 !important; }
          .line { border-color: #505a5f !important; }
          .sheet .link { color: #8ec5f0 !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:0;background-color:#f3f2f1;">
        <div class="preview" style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;color:#f3f2f1;mso-hide:all;">{{preview}}</div>
        <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f3f2f1;">
        <tr><td align="center">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
        <tr><td bgcolor="#12393d" style="padding:14px 20px;font-family:Arial,Helvetica,sans-serif;text-align:left;">
        <p style="margin:0;font-size:19px;line-height:1.3;font-weight:bold;color:#ffffff;">{{inspectorate}}</p>
        <p style="margin:0;font-size:15px;line-height:1.4;color:#ffffff;">{{EmailFrame.Service}}</p>
        </td></tr>
        <tr><td class="sheet" bgcolor="#ffffff" style="padding:24px 20px 12px;text-align:left;color:#0b0c0c;">
        {{body}}</td></tr>
        <tr><td class="sheet" bgcolor="#ffffff" style="padding:0 20px 20px;text-align:left;color:#0b0c0c;">
        <hr style="margin:0 0 14px;border:0;border-top:1px solid #b1b4b6;height:1px;">
        <p class="quiet" style="font-family:Arial,Helvetica,sans-serif;margin:0;font-size:15px;line-height:1.45;color:#505a5f;">{{footer}}</p>
        </td></tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr>
        </table>
        </body>
        </html>

        """;

    private const string Font = "font-family:Arial,Helvetica,sans-serif;overflow-wrap:anywhere;word-break:break-word;";
    private const string FactCell = "padding-top:7px;padding-bottom:7px;border-bottom:1px solid #b1b4b6;font-size:17px;line-height:1.4;vertical-align:top;";

    public static string HeadingOf(int level) => Font + level switch
    {
        1 => "margin:0 0 18px;font-size:26px;line-height:1.2;font-weight:bold;",
        2 => "margin:28px 0 12px;font-size:21px;line-height:1.25;font-weight:bold;",
        _ => "margin:20px 0 10px;font-size:18px;line-height:1.3;font-weight:bold;",
    };
}
