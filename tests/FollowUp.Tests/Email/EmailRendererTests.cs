using CsCheck;
using FollowUp.Email;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Email;

public sealed class EmailRendererTests
{
    private static readonly EmailFrame Frame = new("HM Inspectorate of Probation", "recommendations@inspectorate.example");
    private static readonly Uri Link = new("https://followup.example/reply/abc-DEF_123?a=1&b=2");

    [Theory]
    [InlineData("Due\r\nBcc: everybody@example.com", "Due Bcc: everybody@example.com")]
    [InlineData("Due\0 now\u2028and\u2029then\u0085\tagain", "Due now and then again")]
    [InlineData("Due \u202Ewon", "Due won")]
    public void A_subject_is_one_line(string subject, string expected) => Assert.Equal(expected, Render(subject).Subject);

    [Fact]
    public void A_subject_is_cut_at_a_word()
    {
        var subject = Render(string.Concat(Enumerable.Repeat("recommendation ", 20))).Subject;
        Assert.True(subject.Length <= EmailRenderer.LongestSubject);
        Assert.EndsWith("recommendation…", subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Your account: http://evil.example/login", "Your account: http evil. example/login")]
    [InlineData("www.evil.com CRC", "www. evil. com CRC")]
    [InlineData("boss@evil.com", "boss at evil. com")]
    [InlineData("evil\u3002com", "evil\u3002 com")]
    [InlineData("J.R. St. John-O’Neill", "J.R. St. John-O’Neill")]
    [InlineData("Bristol, Gloucestershire, Somerset & Wiltshire CRC", "Bristol, Gloucestershire, Somerset & Wiltshire CRC")]
    public void A_name_is_never_a_link(string name, string expected) => Assert.Equal(expected, SafeText.Name(name));

    [Fact]
    public void A_name_is_cut() => Assert.Equal(120, SafeText.Name(new string('a', 500)).Length);

    [Fact]
    public void The_link_is_the_only_anchor_and_the_same_in_both_parts()
    {
        var email = Render("Due", new EmailBlock.Quote("See https://evil.example and <a href=\"https://evil.example\">here</a>"), new EmailBlock.Button("Answer", Link));
        Assert.Contains($"\n{Link.AbsoluteUri}\n", email.Text, StringComparison.Ordinal);
        Assert.Equal(2, email.Html.Split("<a ").Length - 1);
        Assert.Equal(2, email.Html.Split($"href=\"{System.Net.WebUtility.HtmlEncode(Link.AbsoluteUri)}\"").Length - 1);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/reply/abc")]
    public void A_link_is_a_full_web_address(string target) =>
        Assert.Throws<ArgumentException>(() => Render("Due", new EmailBlock.Button("Answer", new Uri(target, target.StartsWith('/') ? UriKind.Relative : UriKind.Absolute))));

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        var html = Render("Due", new EmailBlock.Button("Answer", Link)).Html;
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Lines_of_text_break_between_words_only()
    {
        var words = string.Join(' ', Enumerable.Range(1, 200).Select(i => new string('w', i % 90 + 1)));
        var text = Render("Due", new EmailBlock.Paragraph(words)).Text;
        Assert.Contains(words, string.Join(' ', text.Split('\n')), StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 72 || !line.Contains(' ', StringComparison.Ordinal)));
    }

    [Fact]
    public void Whatever_is_written_both_parts_say_the_same_and_nothing_becomes_a_tag() =>
        AnyText.Any.Array[8].Sample(texts =>
        {
            var plain = Render("Due", Blocks([.. texts.Select(_ => "word")]));
            var email = Render(texts[0], Blocks(texts));
            Assert.Equal(email.WordsOfText(), email.WordsOfHtml());
            Assert.Equal(WithoutBreaks(plain.Tags()), WithoutBreaks(email.Tags()));
            Assert.DoesNotContain(email.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029');
            Assert.True(email.Subject.Length <= EmailRenderer.LongestSubject);
        });

    private static EmailBlock[] Blocks(IReadOnlyList<string> texts) =>
    [
        new EmailBlock.Heading(texts[0], 1), new EmailBlock.Paragraph(texts[1]), new EmailBlock.Quote(texts[2]), new EmailBlock.Bullets([texts[3]]),
        new EmailBlock.Facts([(texts[4], texts[5])]), new EmailBlock.Notice(texts[6]), new EmailBlock.SmallPrint(texts[7]), new EmailBlock.Button(texts[0], Link),
    ];

    private static IEnumerable<string> WithoutBreaks(IEnumerable<string> tags) => tags.Where(t => t != "br");

    private static RenderedEmail Render(string subject, params IReadOnlyList<EmailBlock> blocks) =>
        EmailRenderer.Render(new EmailContent(subject, subject, blocks), Frame);
}
