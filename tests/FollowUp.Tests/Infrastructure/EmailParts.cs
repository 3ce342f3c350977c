using System.Net;
using System.Text.RegularExpressions;
using FollowUp.Email;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Reads the parts of an email as a person does: the words, without the marks that only one of the parts needs.</summary>
internal static partial class EmailParts
{
    public static string WordsOfHtml(this RenderedEmail email)
    {
        var body = email.Html[email.Html.IndexOf("<body", StringComparison.Ordinal)..];
        return Words(WebUtility.HtmlDecode(Tag().Replace(Unseen().Replace(body, " "), " ")));
    }

    public static string WordsOfText(this RenderedEmail email) => Words(email.Text);

    /// <summary>The tags of the HTML part in their order, without attributes.</summary>
    public static IReadOnlyList<string> Tags(this RenderedEmail email) => [.. Tag().Matches(email.Html).Select(t => t.Groups[1].Value)];

    // The bare address under the button is the text part's link line; the button's own words stand in both
    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => !Marks().IsMatch(w)));

    [GeneratedRegex(@"<div class=""preview"".*?</div>|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<(/?[a-zA-Z!][a-zA-Z0-9]*)[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A[-=*!]+\z")]
    private static partial Regex Marks();
}
