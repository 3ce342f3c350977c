using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Pages;

/// <summary>Shows on a form why a use case did not carry it out.</summary>
internal static class Refusals
{
    /// <summary>Adds each problem to its field; a field that could not be read keeps the message that says so.</summary>
    /// <param name="page">The page.</param>
    /// <param name="refusal">Why not; null adds nothing.</param>
    /// <param name="fieldOf">The page's field for a field of the use case, where the names differ.</param>
    public static void Explain(this PageModel page, Refusal? refusal, Func<string, string>? fieldOf = null)
    {
        foreach (var problem in refusal?.Problems ?? [])
        {
            var field = fieldOf is null ? problem.Field : fieldOf(problem.Field);
            if (field.Length == 0 || page.ModelState.GetFieldValidationState(field) != ModelValidationState.Invalid)
            {
                page.ModelState.AddModelError(field, problem.Message);
            }
        }
    }

    /// <summary>Shows the form again with what was typed and why it was not carried out.</summary>
    public static IActionResult Refuse(this PageModel page, Refusal refusal, Func<string, string>? fieldOf = null)
    {
        if (refusal.Kind == RefusalKind.NotFound)
        {
            return page.NotFound();
        }

        page.Explain(refusal, fieldOf);
        page.Response.StatusCode = refusal.Kind == RefusalKind.Stale ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status200OK;
        return page.Page();
    }

    /// <summary>Forgets what is wrong and keeps what was typed, for a button that does not send the form off.</summary>
    public static void KeepTyping(this PageModel page)
    {
        foreach (var entry in page.ModelState.Values)
        {
            entry.Errors.Clear();
            entry.ValidationState = ModelValidationState.Skipped;
        }
    }

    /// <summary>Takes a row out of a list of fields: what was typed in the rows behind it moves up.</summary>
    public static void RemoveTypedRow(this PageModel page, string list, int index)
    {
        page.KeepTyping();
        var state = page.ModelState;
        var behind = new List<(int Row, string Field, object? Raw, string? Typed)>();
        foreach (var (key, entry) in state.ToList())
        {
            var end = key.IndexOf(']', StringComparison.Ordinal);
            if (key.StartsWith(list + "[", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(key.AsSpan(list.Length + 1, end - list.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                && row >= index)
            {
                // Taking an entry out empties it, so what was typed is read before
                behind.Add((row, key[(end + 1)..], entry?.RawValue, entry?.AttemptedValue));
                state.Remove(key);
            }
        }

        foreach (var (row, field, raw, typed) in behind.Where(b => b.Row > index))
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{list}[{row - 1}]{field}");
            state.SetModelValue(key, raw, typed);
            state.MarkFieldSkipped(key);
        }
    }
}
