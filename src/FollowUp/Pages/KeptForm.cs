using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FollowUp.Pages;

/// <summary>Why a form of the staff was not taken.</summary>
internal enum KeptFormBecause
{
    /// <summary>The person is signed in no longer.</summary>
    SignedOut,

    /// <summary>The page was made before the person signed in, so its form was nobody's.</summary>
    SignedInSince,

    /// <summary>Something failed on our side.</summary>
    Failed,
}

/// <summary>
/// The answer to a form of the staff that could not be taken: it carries what was typed, but no file, and sends it again
/// once that can help. A form of another site is answered otherwise and shown nothing.
/// </summary>
/// <param name="Fields">What the form has brought.</param>
/// <param name="Because">Why it was not taken.</param>
/// <param name="Reference">By which we find what failed.</param>
internal sealed partial record KeptForm(IReadOnlyList<(string Name, string Value)> Fields, KeptFormBecause Because, string? Reference = null)
{
    private const string AntiforgeryField = "__RequestVerificationToken";

    /// <summary>What forms say about themselves, which nobody typed.</summary>
    private static readonly HashSet<string> NotTyped = new(StringComparer.OrdinalIgnoreCase) { AntiforgeryField, "FormId", "Version", "ETag", "press", "Key", "Organisation" };

    /// <summary>What to show, so that it can be copied if all else fails.</summary>
    public IReadOnlyList<(string Label, string Text)> Typed =>
        [.. Fields.Where(IsTyped).GroupBy(f => Label(f.Name)).Select(g => (g.Key, string.Join(' ', g.Select(f => f.Value))))];

    /// <summary>The page that keeps what was typed on a page of the staff's; null when nothing was, or no page of ours sent it.</summary>
    public static async Task<PartialViewResult?> AnswerAsync(HttpContext context, PathString path, KeptFormBecause because)
    {
        if (!path.StartsWithSegments("/staff") || !HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || !await IsOursAsync(context, because))
        {
            return null;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var fields = form.Where(f => f.Key != AntiforgeryField).SelectMany(f => f.Value.Select(value => (f.Key, value ?? ""))).ToList();
            return fields.Any(IsTyped) ? View(context, new KeptForm(fields, because)) : null;
        }
        catch (Exception bad) when (bad is InvalidDataException or BadHttpRequestException)
        {
            // No form that anybody's browser sends: it is malformed, too large, or came too slowly
            return null;
        }
    }

    private static async Task<bool> IsOursAsync(HttpContext context, KeptFormBecause because) =>
        FormOrigin.IsOurs(context) || because == KeptFormBecause.Failed && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);

    private static bool IsTyped((string Name, string Value) field) => !NotTyped.Contains(field.Name) && !string.IsNullOrWhiteSpace(field.Value);

    /// <summary>A field's name in words: "Recommendations 1, theme".</summary>
    private static string Label(string name)
    {
        var parts = PartOfDate().Replace(name, "").Split('.').Select(part => Index().Replace(Capital().Replace(part, m => " " + m.Value.ToLowerInvariant()), m => " " + (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)));
        var words = string.Join(", ", parts.Select(part => part.Trim()));
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static PartialViewResult View(HttpContext context, KeptForm model) => new()
    {
        ViewName = "/Pages/KeptForm.cshtml",
        StatusCode = model.Because == KeptFormBecause.Failed ? context.Response.StatusCode : StatusCodes.Status403Forbidden,
        ViewData = new ViewDataDictionary<KeptForm>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model.Because == KeptFormBecause.Failed ? model with { Reference = Pages.Reference.Of(context) } : model },
    };

    [GeneratedRegex(@"\.(Day|Month|Year)$", RegexOptions.IgnoreCase)]
    private static partial Regex PartOfDate();

    [GeneratedRegex(@"\[(\d{1,4})\]")]
    private static partial Regex Index();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capital();
}

/// <summary>Keeps the forms of staff who have signed in again since their page was made.</summary>
internal sealed class KeepStaffForms : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult && await KeptForm.AnswerAsync(context.HttpContext, context.HttpContext.Request.Path, KeptFormBecause.SignedInSince) is { } kept)
        {
            context.Result = kept;
        }

        await next();
    }
}
