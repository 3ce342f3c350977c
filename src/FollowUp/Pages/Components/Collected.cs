using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FollowUp.Pages.Components;

/// <summary>A list that a tag opens and the tags inside it fill.</summary>
internal static class Collected
{
    public static async Task<List<T>> CollectAsync<T>(this TagHelperOutput output, TagHelperContext context)
    {
        var list = new List<T>();
        context.Items[typeof(List<T>)] = list;
        await output.GetChildContentAsync();
        return list;
    }

    public static void HandUp<T>(this TagHelperContext context, TagHelperOutput output, T part)
    {
        if (!context.Items.TryGetValue(typeof(List<T>), out var list))
            throw new InvalidOperationException($"<{context.TagName}> stands outside the component that it is a part of.");
        ((List<T>)list).Add(part);
        output.SuppressOutput();
    }
}
