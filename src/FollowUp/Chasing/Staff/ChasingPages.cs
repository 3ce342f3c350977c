namespace FollowUp.Chasing;

/// <summary>The pages about chasing, under one entry of the staff's navigation.</summary>
internal static class ChasingPages
{
    public static IReadOnlyList<(string Href, string Words)> All { get; } =
    [
        ("/staff/outlook", "What will be sent"),
        ("/staff/sending", "Sending"),
        ("/staff/jobs", "Jobs"),
        ("/staff/ladder", "Ladder"),
        ("/staff/holidays", "Holidays"),
    ];
}
