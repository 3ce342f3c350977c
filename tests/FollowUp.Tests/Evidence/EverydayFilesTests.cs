using System.Text;
using FollowUp.Evidence;
using static FollowUp.Tests.Evidence.Everyday;
using static FollowUp.Tests.Evidence.Files;

namespace FollowUp.Tests.Evidence;

/// <summary>What honest people send, and what looks like it.</summary>
public sealed class EverydayFilesTests
{
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

    private static void Taken(string name, byte[] content)
    {
        var outcome = FileCheck.Check(name, content, content.Length);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Problems[0].Message);
    }

    private static void Refused(string name, byte[] content, string reason) =>
        Assert.Contains(reason, Assert.Single(FileCheck.Check(name, content, content.Length).Refusal?.Problems ?? []).Message, StringComparison.Ordinal);
}
