using Azure;
using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Tests.Storage;

public sealed class EgtTests
{
    [Theory]
    [InlineData("rec/1")]
    [InlineData("rec\\1")]
    [InlineData("rec#1")]
    [InlineData("rec?1")]
    [InlineData("rec\u0001")]
    public void A_key_with_a_forbidden_character_is_refused(string key) => Refused("not allowed", egt => egt.Insert(key, "x"));

    [Theory]
    [InlineData(512, false)]
    [InlineData(513, true)]
    public void A_key_has_at_most_1024_bytes(int length, bool refused)
    {
        if (refused)
            Refused("not allowed", egt => egt.Insert(new string('k', length), "x"));
        else
            Assert.Equal(1, new Egt("p").Insert(new string('k', length), "x").Count);
    }

    [Fact]
    public void Another_partition_is_refused() => Refused("partition other", egt => egt.Insert(new TableEntity("other", "r")));

    [Fact]
    public void A_row_that_stands_in_it_twice_is_refused() => Refused("twice", egt => egt.Insert("r", 1).Insert("r", 2));

    [Fact]
    public void A_hundred_rows_fit_and_one_more_is_refused()
    {
        var egt = new Egt("p");
        for (var i = 0; i < 100; i++)
            egt.Insert($"r{i}", i);

        Assert.Equal(100, egt.Count);
        Assert.Throws<InvalidOperationException>(() => egt.Insert("one-more", 1));
    }

    [Theory]
    [InlineData(32_767, false)]
    [InlineData(32_768, true)]
    public void A_property_has_fewer_than_32768_characters(int length, bool refused)
    {
        var entity = new TableEntity("p", "r") { ["text"] = new string('x', length) };
        if (refused)
            Refused("longer than", egt => egt.Insert(entity));
        else
            Assert.Equal(1, new Egt("p").Insert(entity).Count);
    }

    [Fact]
    public void A_row_over_one_mebibyte_is_refused()
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < 17; i++)
            entity[$"p{i}"] = new string('x', 32_000);

        Refused("1 MiB", egt => egt.Insert(entity));
    }

    [Fact]
    public void A_transaction_over_four_mebibytes_is_refused()
    {
        var egt = new Egt("p");
        var fault = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 100; i++)
                egt.Insert(new TableEntity("p", $"r{i}") { ["a"] = new string('x', 32_000), ["b"] = new string('x', 32_000) });
        });
        Assert.Contains("4 MiB", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_was_not_read_is_never_overwritten() =>
        Refused("unread", egt => egt.Replace(new Row<string>("p", "r", "x", default, new TableEntity("p", "r")), "y"));

    private static void Refused(string why, Func<Egt, object> build) =>
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => build(new Egt("p"))).Message, StringComparison.Ordinal);
}
