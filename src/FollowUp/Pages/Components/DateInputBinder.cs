using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FollowUp.Pages.Components;

/// <summary>
/// Binds a <see cref="DateOnly"/> from three boxes (<c>Name.Day</c>, <c>Name.Month</c>, <c>Name.Year</c>) or from one
/// ISO 8601 value. What was typed stays in the model state, box by box, so that the page can show it again.
/// </summary>
internal sealed class DateInputBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var whole = Read(bindingContext, bindingContext.ModelName);
        var parts = new DateParts(
            Read(bindingContext, bindingContext.ModelName + ".Day"),
            Read(bindingContext, bindingContext.ModelName + ".Month"),
            Read(bindingContext, bindingContext.ModelName + ".Year"));
        if (string.IsNullOrWhiteSpace(whole) && parts.IsEmpty)
            return Task.CompletedTask;

        var name = bindingContext.ModelMetadata.GetDisplayName();
        var date = parts.IsEmpty
            ? Words.ReadIso(whole!.Trim())
            : parts.Date;
        if (date is { } day)
            bindingContext.Result = ModelBindingResult.Success(day);
        else
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, parts.Problem(name) ?? $"{name} must be a real date");
        return Task.CompletedTask;
    }

    private static string? Read(ModelBindingContext binding, string name)
    {
        var value = binding.ValueProvider.GetValue(name);
        if (value == ValueProviderResult.None)
            return null;
        binding.ModelState.SetModelValue(name, value);
        // No validator ever visits a single box, and one that stays unvalidated makes the whole form invalid
        if (name != binding.ModelName)
            binding.ModelState.MarkFieldValid(name);
        return value.FirstValue;
    }

    internal sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
            context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DateInputBinder() : null;
    }
}
