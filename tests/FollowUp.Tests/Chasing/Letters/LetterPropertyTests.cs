using CsCheck;
using FollowUp.Chasing.Letters;
using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Chasing.Letters;

public sealed class LetterPropertyTests
{
    private static readonly string[] Names = [.. LetterTests.Letters.Keys];

    // A code, and what may go to somebody who is a contact no longer
    private static readonly string[] WithoutLink = ["code", "naming-agreed", "naming-refused"];

    // They lead to the words and do not repeat them
    private static readonly string[] WithNewLink = ["new-link", "new-link-to-those-above", "named"];

    [Fact]
    public void Whatever_people_write_every_letter_stays_sound() =>
        Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), AnyText.Any.Array[4]).Sample((name, texts) =>
        {
            var email = Render(With(LetterTests.Letters[name](), texts));
            Assert.Equal(email.WordsOfText(), email.WordsOfHtml());
            Assert.DoesNotContain(email.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029');
            Assert.DoesNotContain(email.Tags(), t => t.TrimStart('/') is "script" or "img" or "svg" or "b");
            Assert.Equal(WithoutLink.Contains(name) ? 0 : 2, email.Tags().Count(t => t == "a"));
        });

    [Theory]
    [MemberData(nameof(LetterTests.Names), MemberType = typeof(LetterTests))]
    public void Every_letter_says_which_recommendation_which_report_whom_and_whom_to_ask(string name)
    {
        var facts = LetterTests.Letters[name]();
        var text = Render(facts).WordsOfText();
        Assert.All(WithNewLink.Contains(name) ? [] : facts.Items, item =>
        {
            Assert.Contains($"Recommendation {item.Recommendation.Id.Number}", text, StringComparison.Ordinal);
            Assert.Contains(item.Recommendation.Text, text, StringComparison.Ordinal);
            Assert.Contains(item.Inspection.Title, text, StringComparison.Ordinal);
            Assert.Contains(item.Inspection.PublishedOn.InWords(), text, StringComparison.Ordinal);
        });
        Assert.Contains(facts.Organisation.Name, text, StringComparison.Ordinal);
        Assert.Contains(Gloucestershire.Mailbox, text, StringComparison.Ordinal);
        Assert.Contains("You get this email because", text, StringComparison.Ordinal);
        Assert.Equal(!WithoutLink.Contains(name), text.Contains(facts.Link.AbsoluteUri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Relation.Own, true)]
    [InlineData(Relation.Upward, false)]
    [InlineData(Relation.Staff, false)]
    public void Only_the_organisation_itself_is_asked_to_answer(Relation relation, bool mayAnswer)
    {
        var facts = Gloucestershire.Facts(new(2017, 10, 12), Gloucestershire.CrcAt(6));
        var letter = LetterWriter.Write(relation switch
        {
            Relation.Own => facts,
            Relation.Upward => facts.ToAbove(Gloucestershire.WorkingLinks),
            _ => facts.ToStaff(),
        });
        var text = letter.Render(facts).WordsOfText();
        Assert.Equal(mayAnswer, letter.Blocks.OfType<EmailBlock.Button>().Single().Text.StartsWith("Answer", StringComparison.Ordinal));
        Assert.Equal(mayAnswer, text.Contains("can answer in your organisation’s name", StringComparison.Ordinal));
        Assert.Equal(relation == Relation.Upward, text.Contains("You cannot answer for", StringComparison.Ordinal));
        Assert.Equal(relation != Relation.Staff, text.Contains("do not forward this email", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(27, "1 working day left")]
    [InlineData(28, "due today")]
    [InlineData(29, "1 working day overdue")]
    [InlineData(30, "1 working day overdue")]
    public void A_deadline_lasts_to_the_end_of_its_day(int day, string expected) =>
        Assert.Equal(expected, WorkingCalendar.Published.Left(new(2017, 9, 28), new(2017, 9, day)));

    private static RenderedEmail Render(LetterFacts facts) => LetterWriter.Write(facts).Render(facts);

    private static LetterFacts With(LetterFacts facts, string[] texts) => facts with
    {
        InspectorateName = texts[0],
        Recipient = facts.Recipient with { Name = texts[1] },
        Organisation = facts.Organisation with { Name = texts[2], Contacts = [.. facts.Organisation.Contacts.Select(c => c with { Name = texts[3] })] },
        OrganisationDirectory = new OrganisationDirectory(facts.OrganisationDirectory.All.Select(o => o with { Name = texts[0] })),
        Items = [.. facts.Items.Select(i => i with
        {
            Recommendation = i.Recommendation with { Text = texts[1], Answer = i.Recommendation.Answer is { } answer ? answer with { Actions = [A.Action(1, texts[2], texts[3])] } : null },
            Inspection = i.Inspection with { Title = texts[3], Area = texts[0] },
        })],
        Letter = facts.Letter is null ? null : facts.Letter with { Facts = Scrawl.Over(facts.Letter.Facts, texts) },
    };
}
