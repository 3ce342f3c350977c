using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace FollowUp.Pages;

/// <summary>The messages for what cannot be bound, in words that a person can act on.</summary>
internal static class PlainMessages
{
    public static void Set(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((_, name) => $"Check what you entered for {Lower(name)}");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "Check what you entered");
        messages.SetUnknownValueIsInvalidAccessor(name => $"Check what you entered for {Lower(name)}");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "Check what you entered");
        messages.SetValueIsInvalidAccessor(_ => "Check what you entered");
        messages.SetValueMustBeANumberAccessor(name => $"{name} must be a number");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "This must be a number");
        messages.SetValueMustNotBeNullAccessor(_ => "Choose or enter a value");
        messages.SetMissingBindRequiredValueAccessor(name => $"Enter {Lower(name)}");
        messages.SetMissingKeyOrValueAccessor(() => "Enter a value");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "Enter a value");
    }

    private static string Lower(string name) =>
        name is [var first, var second, ..] && char.IsLower(second) ? char.ToLowerInvariant(first) + name[1..] : name;
}
