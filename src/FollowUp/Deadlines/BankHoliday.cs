using System.Globalization;
using CsvHelper;

namespace FollowUp.Deadlines;

/// <summary>A bank holiday of England and Wales.</summary>
/// <param name="Date">The day itself (a substitute day where there is one).</param>
/// <param name="Title">As GOV.UK names it.</param>
/// <param name="Notes">"Substitute day" or "Extra bank holiday", or empty.</param>
public sealed record BankHoliday(DateOnly Date, string Title, string? Notes)
{
    /// <summary>England and Wales, 2012 to 2028 (source: GOV.UK bank holidays; kept here because GOV.UK drops old years).</summary>
    public static IReadOnlyList<BankHoliday> Published { get; } = ReadPublished();

    private static List<BankHoliday> ReadPublished()
    {
        using var file = typeof(BankHoliday).Assembly.GetManifestResourceStream("FollowUp.Deadlines.BankHolidays.csv")
            ?? throw new InvalidOperationException("The bank holidays are not in the assembly.");
        using var csv = CsvReader.Create(file);
        var holidays = new List<BankHoliday>();
        while (csv.Read())
        {
            holidays.Add(new BankHoliday(
                DateOnly.ParseExact(csv.GetString("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                csv.GetString("title"),
                csv.GetStringOrNull("notes")));
        }

        return holidays;
    }
}
