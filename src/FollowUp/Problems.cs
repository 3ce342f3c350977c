namespace FollowUp;

/// <summary>Collects what is wrong with an input, so that a person is told all of it at once.</summary>
internal sealed class Problems
{
    private const int LongestName = 100;
    private readonly List<Problem> found = [];

    public bool Any => found.Count > 0;

    public Refusal Refusal => new(RefusalKind.Invalid, found);

    public void Add(string field, string message) => found.Add(new Problem(field, message));

    public void AddWhen(bool wrong, string field, string message)
    {
        if (wrong)
        {
            Add(field, message);
        }
    }

    /// <summary>A text that must be there and fit.</summary>
    public string Text(string? value, string field, string what, int longest)
    {
        var text = Normal(value) ?? "";
        AddWhen(text.Length == 0, field, $"Enter {what}");
        TooLong(text, field, what, longest);
        return text;
    }

    /// <summary>A name or the like: it must be there, fit, and stand on one line, since it goes into the heads of emails and lists.</summary>
    public string Line(string? value, string field, string what, int longest)
    {
        var text = Text(value, field, what, longest);
        AddWhen(text.Any(c => c is '\r' or '\n' or '\t' or '\u0085' or '\u2028' or '\u2029'), field, $"{what.UpperFirst()} must be on one line");
        return text;
    }

    /// <summary>A person's name: on one line, and nothing that would be read as an address beside it.</summary>
    public string PersonName(string? value, string field, string what)
    {
        var name = Line(value, field, what, LongestName);
        AddWhen(name.AsSpan().ContainsAny('<', '>'), field, $"{what.UpperFirst()} must be without < or >");
        return name;
    }

    /// <summary>A text that may be missing but must fit.</summary>
    public string? OptionalText(string? value, string field, string what, int longest)
    {
        var text = Normal(value);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        TooLong(text, field, what, longest);
        return text;
    }

    /// <summary>Forms send line breaks as two characters, and people count them as one.</summary>
    private static string? Normal(string? value) => value?.ReplaceLineEndings("\n").Trim();

    private void TooLong(string text, string field, string what, int longest)
    {
        AddWhen(text.Length > longest, field, $"{what.UpperFirst()} must be {longest.WithCommas()} characters or fewer; it is {text.Length.WithCommas()}");
        AddWhen(HasControlCharacters(text), field, $"{what.UpperFirst()} must not contain control characters");
    }

    private static bool HasControlCharacters(string text) =>
        text.Any(c => (char.IsControl(c) && c is not ('\r' or '\n' or '\t')) || char.IsSurrogate(c) && !IsPaired(text));

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
