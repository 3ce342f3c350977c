namespace FollowUp.Local.SignIn;

/// <summary>A demo person of the inspectorate; none of them exists.</summary>
internal sealed record Person(string Id, string Name, string Does)
{
    public static IReadOnlyList<Person> All { get; } =
    [
        new("viewer", "Priya Anand", "reads everything"),
        new("registrar", "Tom Ellery", "registers and issues recommendations"),
        new("reviewer", "Grace Adebayo", "judges answers and progress, and closes"),
        new("administrator", "Megan Pryce", "does all of that and keeps the directory and settings"),
    ];

    public string Email => Name.ToLowerInvariant().Replace(' ', '.') + "@inspectorate.example";

    /// <summary>Each has one role, called as the person's id.</summary>
    public string Role => Id;

    public static Person? Find(string? id) => All.FirstOrDefault(person => person.Id == id);
}
