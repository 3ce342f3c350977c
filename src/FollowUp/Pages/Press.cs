using System.Globalization;

namespace FollowUp.Pages;

/// <summary>The button of a form that was pressed, where a form has several: <c>save</c>, <c>add</c>, <c>remove:2</c>.</summary>
internal readonly record struct Press(string Name, int Row)
{
    public static Press Read(string? value) => value?.Split(':', 2) switch
    {
        [var name, var row] when int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new Press(name, number),
        [{ Length: > 0 } name] => new Press(name, 0),
        _ => new Press("save", 0),
    };
}
