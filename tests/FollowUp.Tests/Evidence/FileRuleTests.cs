using FollowUp.Evidence;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Evidence;

public sealed class FileRuleTests
{
    private static readonly DateTimeOffset UploadedAt = new(2017, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(FileState.Clean, AskKind.Progress, 365, false)]
    [InlineData(FileState.Clean, AskKind.Progress, 366, true)]
    [InlineData(FileState.Clean, AskKind.Response, 30, false)]
    [InlineData(FileState.Clean, AskKind.Response, 31, true)]
    [InlineData(FileState.Refused, AskKind.Response, 31, true)]
    [InlineData(FileState.Removing, AskKind.Progress, 0, true)]
    public void A_file_that_was_never_sent_goes_after_a_while(FileState state, AskKind asked, int days, bool goes) =>
        Assert.Equal(goes, FileRule.IsOrphan(File() with { State = state }, A.Recommendation(ask: A.Ask(asked)), UploadedAt.AddDays(days)));

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void A_file_that_was_never_stored_whole_goes_after_an_hour(int minutes, bool goes) =>
        Assert.Equal(goes, FileRule.IsOrphan(File() with { State = FileState.Uploading }, A.Recommendation(ask: A.Ask(AskKind.Progress)), UploadedAt.AddMinutes(minutes)));

    [Fact]
    public void A_file_that_was_sent_stays() =>
        Assert.False(FileRule.IsOrphan(File() with { SentAt = UploadedAt }, null, UploadedAt.AddYears(9)));

    [Fact]
    public void A_report_goes_with_the_files_that_its_page_showed_and_with_no_refused_one()
    {
        var (one, two) = (File("a"), File("b"));
        Assert.Empty(FileRule.Check([one, two], [two.File.Id, one.File.Id]));
        Assert.StartsWith("Files were added or removed", Assert.Single(FileRule.Check([one, two], [one.File.Id])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Files were added or removed", Assert.Single(FileRule.Check([one], [one.File.Id, two.File.Id])).Message, StringComparison.Ordinal);
        var refused = two with { State = FileState.Refused, Reason = "it is harmful" };
        Assert.Equal("Remove report.pdf: it is harmful", Assert.Single(FileRule.Check([one, refused], [one.File.Id, two.File.Id])).Message);
        var many = Enumerable.Range(0, 21).Select(i => File($"{i}")).ToList();
        Assert.Equal("Send 20 files or fewer: remove 1", Assert.Single(FileRule.Check(many, [.. many.Select(f => f.File.Id)])).Message);
    }

    private static UploadedFile File(string id = "id") => new()
    {
        File = new EvidenceFile(id, "report.pdf", EvidenceKind.Pdf, 100, "00"),
        OrganisationId = Gloucestershire.Crc.Id,
        Recommendation = A.RecommendationId("gloucestershire-2017-08/1"),
        Blob = "blob",
        State = FileState.Clean,
        UploadedAt = UploadedAt,
        UploadedBy = "d***@bgsw.example",
    };
}
