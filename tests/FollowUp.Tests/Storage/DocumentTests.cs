using Azure;
using Azure.Data.Tables;
using CsCheck;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Storage;

/// <summary>Documents in rows of a real table.</summary>
public sealed class DocumentTests(DocumentTests.Table table) : IClassFixture<DocumentTests.Table>
{
    private const string Beginning = "{\"text\":\"";

    [Theory]
    [InlineData(10)]
    [InlineData(30_980)]
    [InlineData(30_990)]
    [InlineData(31_000)]
    [InlineData(31_001)]
    [InlineData(62_000)]
    [InlineData(200_000)]
    public async Task A_long_document_is_cut_below_32000_characters_and_read_whole(int length)
    {
        var text = new string('x', length);
        var entity = await WriteAsync($"long-{length}", text);

        Assert.Equal(text, Document.Read<Words>(entity).Value.Text);
        Assert.All(entity.Where(p => p.Value is string), p => Assert.True(((string)p.Value).Length < 32_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_pair_of_surrogates_is_never_cut_apart(int shift)
    {
        var before = new string('x', 31_000 - Beginning.Length - 1 - shift);
        var text = before + string.Concat(Enumerable.Repeat("😀", 20_000));
        var entity = await WriteAsync($"pairs-{shift}", text);

        Assert.Equal(text, Document.Read<Words>(entity).Value.Text);
        Assert.All(entity.Where(p => p.Value is string && p.Key.StartsWith("json", StringComparison.Ordinal)), p => Assert.False(char.IsHighSurrogate(((string)p.Value)[^1])));
    }

    [Fact]
    public void Whatever_people_write_is_read_as_it_was_written() =>
        Gen.Select(AnyText.Any, Gen.Int[1, 4000]).Sample(
            (text, times) =>
            {
                var sound = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 1 + times % (1 + 40_000 / Math.Max(1, text.Length))))));
                Assert.Equal(sound, Document.Read<Words>(Document.Entity("p", "r", new Words(sound))).Value.Text);
            },
            iter: 1000);

    [Fact]
    public async Task Random_texts_come_back_from_the_table() =>
        await AnyText.Any.SampleAsync(
            async text =>
            {
                var sound = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
                Assert.Equal(sound, Document.Read<Words>(await WriteAsync(Guid.NewGuid().ToString("n"), sound)).Value.Text);
            },
            iter: 40);

    [Fact]
    public async Task A_shorter_document_leaves_no_piece_of_the_longer_one()
    {
        var entity = await WriteAsync("shrinks", new string('x', 100_000));

        await ReplaceAsync(Document.Read<Words>(entity), new Words("short"));

        entity = await ReadAsync("shrinks");
        Assert.False(entity.ContainsKey("json1"));
        Assert.Equal("short", Document.Read<Words>(entity).Value.Text);
    }

    [Fact]
    public void A_document_that_is_too_large_for_a_row_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Document.Entity("p", "r", new Words(new string('x', 400_000))));

    [Fact]
    public async Task Properties_that_a_newer_release_has_added_are_kept()
    {
        var entity = Document.Entity("p", "newer", new Words("old"));
        entity["addedLater"] = "kept";
        await table.Client.AddEntityAsync(entity, TestContext.Current.CancellationToken);

        await ReplaceAsync(Document.Read<Words>(await ReadAsync("newer")), new Words("new"));

        entity = await ReadAsync("newer");
        Assert.Equal(("kept", "new"), (entity.GetString("addedLater"), Document.Read<Words>(entity).Value.Text));
    }

    [Fact]
    public void Fields_of_a_document_that_a_newer_release_has_added_are_kept()
    {
        var entity = Document.Entity("p", "r", new Dictionary<string, object> { ["id"] = "bgsw-crc", ["name"] = "BGSW", ["kind"] = "crc", ["addedLater"] = new { deep = 1 } });

        var row = Document.Read<FollowUp.Organisations.Organisation>(entity);
        var written = row.With(row.Value with { Name = "Another" });

        Assert.Contains("\"addedLater\":{\"deep\":1}", written.GetString("json0"), StringComparison.Ordinal);
        Assert.Contains("Another", written.GetString("json0"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v", Document.SchemaVersion + 1)]
    [InlineData("v", null)]
    [InlineData("v", "1")]
    [InlineData("json0", "{ not json")]
    [InlineData("json0", "null")]
    [InlineData("json0", null)]
    [InlineData("json0", 7)]
    [InlineData("json0", "{\"text\":7}")]
    public async Task A_row_that_cannot_be_read_says_so_and_stays_as_it_is(string property, object? value)
    {
        var key = $"unreadable-{property}-{value}".Replace(" ", "", StringComparison.Ordinal);
        key = Keys.Hash(key);
        var entity = Document.Entity("p", key, new Words("precious"));
        entity["precious"] = "still here";
        if (value is null)
            entity.Remove(property);
        else
            entity[property] = value;
        await table.Client.AddEntityAsync(entity, TestContext.Current.CancellationToken);
        var before = await ReadAsync(key);

        var unreadable = Assert.Throws<UnreadableRowException>(() => Document.Read<Words>(before));

        Assert.Equal(("p", key), (unreadable.Row.PartitionKey, unreadable.Row.RowKey));
        Assert.DoesNotContain("precious", unreadable.Message, StringComparison.Ordinal);
        // Nothing but an insert is possible without having read it, and that one fails
        Assert.False(await new Egt("p").Insert(key, new Words("overwritten")).CommitAsync(table.Client, TestContext.Current.CancellationToken));
        Assert.Equal(before.ETag, (await ReadAsync(key)).ETag);
    }

    [Fact]
    public async Task A_row_that_changed_since_it_was_read_is_not_overwritten()
    {
        var row = Document.Read<Words>(await WriteAsync("race", "first"));
        await ReplaceAsync(row, new Words("faster"));

        Assert.False(await new Egt("p").Replace(row, new Words("slower")).Insert("race-2", 1).CommitAsync(table.Client, TestContext.Current.CancellationToken));
        Assert.Equal("faster", Document.Read<Words>(await ReadAsync("race")).Value.Text);
        Assert.False((await table.Client.GetEntityIfExistsAsync<TableEntity>("p", "race-2", cancellationToken: TestContext.Current.CancellationToken)).HasValue);
    }

    private async Task<TableEntity> WriteAsync(string key, string text)
    {
        Assert.True(await new Egt("p").Insert(key, new Words(text)).CommitAsync(table.Client, TestContext.Current.CancellationToken));
        return await ReadAsync(key);
    }

    private async Task ReplaceAsync(Row<Words> row, Words words) =>
        Assert.True(await new Egt("p").Replace(row, words).CommitAsync(table.Client, TestContext.Current.CancellationToken));

    private async Task<TableEntity> ReadAsync(string key) => (await table.Client.GetEntityAsync<TableEntity>("p", key, cancellationToken: TestContext.Current.CancellationToken)).Value;

    public sealed record Words(string Text);

    public sealed class Table : IAsyncLifetime
    {
        public TableClient Client { get; } = new(SharedStorage.Next(), "Documents");

        public async ValueTask InitializeAsync() => await Client.CreateAsync(TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
