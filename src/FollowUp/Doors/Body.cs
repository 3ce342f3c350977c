using System.Reflection;
using System.Text.Json;
using FollowUp.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace FollowUp.Doors;

/// <summary>A JSON body, or the problem that says what is wrong with it and where.</summary>
internal sealed class Body<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private const int LongestBody = 1024 * 1024;

    private Body(T? value, IResult? problem)
    {
        Value = value;
        Problem = problem;
    }

    public T? Value { get; }

    public IResult? Problem { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody)
        {
            return TooLarge();
        }

        if (!context.Request.HasJsonContentType())
        {
            return Wrong(StatusCodes.Status415UnsupportedMediaType, "", "Send the body as JSON, with Content-Type: application/json.");
        }

        // A body in chunks does not say how long it is: the server counts
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestBody;
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json.Options, context.RequestAborted);
            return value is null ? Wrong(StatusCodes.Status400BadRequest, "", "The body is empty: send a JSON object.") : new Body<T>(value, null);
        }
        catch (JsonException wrong)
        {
            return Wrong(StatusCodes.Status400BadRequest, Field(wrong), Words(wrong));
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    /// <summary>The problem, or what the door makes of the value.</summary>
    public async Task<IResult> ThenAsync(Func<T, Task<IResult>> door) => Problem ?? await door(Value!);

    private static Body<T> TooLarge() => Wrong(StatusCodes.Status413PayloadTooLarge, "", "The body is larger than 1 MiB: send less at a time.");

    private static Body<T> Wrong(int status, string field, string message) => new(
        null,
        field.Length == 0
            ? Results.Problem(message, statusCode: status, title: "The body cannot be read")
            : Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] }, message, statusCode: status, title: "The body cannot be read"));

    private static string Field(JsonException wrong) => (wrong.Path ?? "").TrimStart('$').TrimStart('.');

    private static string Words(JsonException wrong)
    {
        var field = Field(wrong);
        var expected = wrong.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? Expected(TypeAt(field))
            : wrong.Message.Split(" Path:")[0].Split(" LineNumber")[0];
        return field.Length == 0 ? $"The body is not the JSON expected: {expected}" : $"{field}: {expected}";
    }

    private static string Expected(Type? type) => type switch
    {
        null => "send a JSON object",
        { IsEnum: true } => $"choose one of: {Json.Choices(type)}",
        _ when type == typeof(DateOnly) => "enter a date like 2017-08-31",
        _ when type == typeof(string) => "send a text",
        _ when Item(type) is not null => "send a list",
        _ => "send a JSON object",
    };

    /// <summary>The type of a part of the body: the exception names the whole that could not be made without it.</summary>
    private static Type? TypeAt(string path)
    {
        var type = path.Length == 0 ? null : typeof(T);
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Split('[')[0];
            type = type?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
            type = step.Contains('[', StringComparison.Ordinal) ? Item(type) : type;
        }

        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }

    private static Type? Item(Type? list) => list is { IsGenericType: true } && list.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? list.GetGenericArguments()[0] : null;
}
