using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Pages.Components;

/// <summary>The fields of a page in the order in which they are shown, so that the error summary can list and link their errors.</summary>
internal sealed class FormFields
{
    private readonly List<(string Name, string Id)> _fields = [];

    public static FormFields Of(ViewContext view)
    {
        if (view.HttpContext.Items[typeof(FormFields)] is not FormFields fields)
            view.HttpContext.Items[typeof(FormFields)] = fields = new FormFields();
        return fields;
    }

    public void Add(string name, string id) => _fields.Add((name, id));

    /// <summary>The first message of a field: people mend one thing at a time.</summary>
    public static string? MessageOf(ModelStateEntry? entry) => entry is not { Errors.Count: > 0 }
        ? null
        : entry.Errors[0].ErrorMessage is { Length: > 0 } message ? message : "Check what you entered";

    /// <summary>Every field's error: those of no field first, then in the page's order.</summary>
    public IEnumerable<(string Message, string? Id)> Errors(ModelStateDictionary state) =>
        from entry in state
        let message = MessageOf(entry.Value)
        where message is not null
        let place = PlaceOf(entry.Key)
        orderby place
        select (message, place < 0 ? null : _fields[place].Id);

    private int PlaceOf(string key)
    {
        var exact = _fields.FindIndex(field => field.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
        return exact >= 0 ? exact : _fields.FindIndex(field => field.Name.Length > 0 && key.StartsWith(field.Name + ".", StringComparison.OrdinalIgnoreCase));
    }
}
