using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace FollowUp.Pages;

/// <summary>
/// A bound property has its own name also when nothing was sent for it. Without this, a list of which nothing
/// was chosen is bound under an empty name, and its error belongs to no field.
/// </summary>
internal sealed class FieldNames : IPageApplicationModelConvention
{
    public void Apply(PageApplicationModel model)
    {
        foreach (var property in model.HandlerProperties)
        {
            if (property.BindingInfo is { } binding)
                binding.BinderModelName ??= property.PropertyName;
        }
    }
}
