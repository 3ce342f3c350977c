using FollowUp.Access;

namespace FollowUp.Doors;

/// <summary>How use cases' outcomes look at the API: problems (RFC 9457) that name each field, and ETags.</summary>
internal static class Answers
{
    /// <summary>Refusals as problems: 422 for input, 404, 409, and 412 with the present state.</summary>
    public static IResult AsProblem(this Refusal refusal, object? current = null)
    {
        var detail = string.Join(' ', refusal.Problems.Select(p => p.Message));
        var errors = refusal.Problems.Where(p => p.Field.Length > 0).GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray());
        return refusal.Kind switch
        {
            RefusalKind.Invalid => Results.ValidationProblem(errors, detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: "Some of what you sent is not right"),
            RefusalKind.NotFound => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found"),
            RefusalKind.Stale => Results.Problem(detail, statusCode: StatusCodes.Status412PreconditionFailed, title: "It has changed", extensions: Extensions("current", current)),
            _ => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "That cannot be done now", extensions: Extensions("errors", errors.Count == 0 ? null : errors)),
        };
    }

    public static IResult NotFound(string what) => Refusal.NotFound(what).AsProblem();

    /// <summary>An answer with the ETag of what it shows.</summary>
    public static IResult WithETag(this IResult result, string etag) => new Tagged(result, etag);

    public static string ETagOf(int version) => $"\"{version}\"";

    /// <summary>The version that If-Match names; null when it names none, −1 when it can match nothing.</summary>
    public static int? ExpectedVersion(this HttpContext context) => context.Request.Headers.IfMatch.ToString() switch
    {
        "" or "*" => null,
        var text => int.TryParse(text.Trim('"'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1,
    };

    /// <summary>The ETag that If-Match names as it stands; null when it names none.</summary>
    public static string? ExpectedETag(this HttpContext context) =>
        context.Request.Headers.IfMatch.ToString() is { Length: > 0 } text and not "*" ? text : null;

    /// <summary>The Idempotency-Key, for this person and this route alone; null when there is none.</summary>
    public static string? RepeatKey(this HttpContext context) =>
        context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
            ? $"{context.User.AsActor().Name}|{context.Request.Method} {context.Request.Path}|{key}"
            : null;

    private static Dictionary<string, object?>? Extensions(string name, object? value) => value is null ? null : new() { [name] = value };

    private sealed class Tagged(IResult inner, string etag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = etag;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
