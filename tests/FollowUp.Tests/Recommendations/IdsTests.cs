using CsCheck;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Recommendations;

public sealed class IdsTests
{
    [Theory]
    [InlineData("Gloucestershire", 1, "gloucestershire-2017-08")]
    [InlineData("Gloucestershire", 2, "gloucestershire-2017-08-2")]
    [InlineData("  Bath & North-East Somerset ", 1, "bath-and-north-east-somerset-2017-08")]
    [InlineData("Ynys Môn", 1, "ynys-m-n-2017-08")]
    [InlineData("日本", 1, "inspection-2017-08")]
    public void An_inspections_id_is_readable(string area, int ordinal, string id) =>
        Assert.Equal(id, InspectionId.For(area, new(2017, 8, 31), ordinal).ToString());

    [Fact]
    public void Whatever_the_area_the_id_reads_back_and_is_fit_for_keys_and_addresses() =>
        Gen.Select(AnyText.Any, Gen.Int[1, 99]).Sample((area, ordinal) =>
        {
            var id = InspectionId.For(area, new(2017, 8, 31), ordinal);
            Assert.True(InspectionId.TryParse(id.ToString(), null, out var again));
            Assert.Equal(id, again);
            Assert.Equal(id.ToString(), Uri.EscapeDataString(id.ToString()));
        });

    [Theory]
    [InlineData("3", "003")]
    [InlineData("3a", "003a")]
    [InlineData("12", "012")]
    [InlineData("99z", "099z")]
    [InlineData("999", "999")]
    public void A_padded_number_reads_back(string number, string padded)
    {
        Assert.Equal(padded, RecommendationNumber.Parse(number, null).Padded);
        Assert.Equal(RecommendationNumber.Parse(number, null), RecommendationId.FromPadded("gloucestershire-2017-08", padded)?.Number);
    }

    [Fact]
    public void Padded_numbers_sort_as_people_count()
    {
        string[] counted = ["1", "2", "2a", "2b", "3", "10", "10a", "11", "99", "100"];

        Assert.Equal(counted, counted.Reverse().OrderBy(n => RecommendationNumber.Parse(n, null).Padded, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("03")]
    [InlineData("1000")]
    [InlineData("3A")]
    [InlineData("3ab")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("3\n")]
    [InlineData("٣")]
    public void What_is_no_number_is_refused(string text) => Assert.False(RecommendationNumber.TryParse(text, null, out _));

    [Theory]
    [InlineData("gloucestershire-2017-08/3", true)]
    [InlineData("gloucestershire-2017-08/3a", true)]
    [InlineData("gloucestershire-2017-08", false)]
    [InlineData("/3", false)]
    [InlineData("Gloucestershire-2017-08/3", false)]
    [InlineData("gloucestershire-2017-08/3/4", false)]
    [InlineData("../register/3", false)]
    public void A_recommendations_id_is_inspection_slash_number(string text, bool sound)
    {
        Assert.Equal(sound, RecommendationId.TryParse(text, null, out var id));
        if (sound)
            Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData("bgsw-crc", true)]
    [InlineData("ab", true)]
    [InlineData("a", false)]
    [InlineData("_staff", true)] // kept for what concerns no organisation alone; registering it is refused
    [InlineData("-ab", false)]
    [InlineData("ab-", false)]
    [InlineData("BGSW", false)]
    [InlineData("ab|cd", false)]
    [InlineData("ab\n", false)]
    public void An_organisations_id_has_small_letters_digits_and_hyphens(string text, bool sound) =>
        Assert.Equal(sound, OrganisationId.TryParse(text, null, out _));

    [Fact]
    public void Whatever_is_typed_as_an_id_is_read_or_refused() =>
        AnyText.Any.Sample(text =>
        {
            if (OrganisationId.TryParse(text, null, out var organisation))
                Assert.Equal(text, organisation.ToString());
            if (RecommendationId.TryParse(text, null, out var recommendation))
                Assert.Equal(text, recommendation.ToString());
        });
}
