using System.Diagnostics.CodeAnalysis;

namespace FollowUp;

/// <summary>Why a request was not carried out.</summary>
public enum RefusalKind
{
    /// <summary>The input breaks a rule; the problems name the fields.</summary>
    Invalid,

    /// <summary>What the request is about does not exist.</summary>
    NotFound,

    /// <summary>The request contradicts what is already there.</summary>
    Conflict,

    /// <summary>Somebody changed it since it was read.</summary>
    Stale,
}

/// <summary>A field of the input and what a person should do about it.</summary>
public sealed record Problem(string Field, string Message);

/// <summary>An expected "no": its kind, and a message for each field concerned.</summary>
public sealed record Refusal(RefusalKind Kind, IReadOnlyList<Problem> Problems)
{
    public static Refusal Invalid(string field, string message) => new(RefusalKind.Invalid, [new Problem(field, message)]);

    public static Refusal NotFound(string message) => new(RefusalKind.NotFound, [new Problem("", message)]);

    public static Refusal Conflict(string message, string field = "") => new(RefusalKind.Conflict, [new Problem(field, message)]);

    public static Refusal Stale(string message) => new(RefusalKind.Stale, [new Problem("", message)]);
}

/// <summary>What a rule or use case returns: a value, or the refusal that says why there is none.</summary>
public sealed class Outcome<T>
    where T : notnull
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T? Value { get; }

    public Refusal? Refusal { get; }

    public bool IsRefused([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out T? value)
    {
        refusal = Refusal;
        value = Value;
        return refusal is not null;
    }

    /// <summary>The value, where nobody is there to be refused: a refusal is a fault then.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Demand() => Value ?? throw new InvalidOperationException(string.Join(' ', Refusal!.Problems.Select(p => p.Message)));

#pragma warning disable CA2225 // Returning a value or a refusal is the whole use of this type
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
#pragma warning restore CA2225
}
