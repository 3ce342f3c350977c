using System.ComponentModel.DataAnnotations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Tests.Pages;

internal enum Verdict
{
    Acceptable,
    Unacceptable,
}

/// <summary>A form with every kind of field. Its properties stand in another order than its fields, as they may.</summary>
internal sealed class FormPageModel : PageModel
{
    [BindProperty, Required(ErrorMessage = "Choose a theme")]
    public string? Theme { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose a verdict")]
    public Verdict? Verdict { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty, Display(Name = "Publication date"), Required(ErrorMessage = "Enter the publication date")]
    public DateOnly? PublishedOn { get; set; }

    [BindProperty, MinLength(1, ErrorMessage = "Choose an organisation")]
    public string[] Organisations { get; set; } = [];

    [BindProperty, Required(ErrorMessage = "Enter a title")]
    public string? Title { get; set; }

    public string Hostile { get; } = """"><script>alert('x')</script><b a="&amp;"'>"""";

    public DateTimeOffset Moment { get; } = new(2017, 8, 31, 8, 5, 0, TimeSpan.Zero);

    public IReadOnlyList<SelectListItem> Themes { get; } = [new("Court work", "court"), new("Safeguarding", "safeguarding")];

    public IActionResult OnPost() =>
        ModelState.IsValid ? this.RedirectWithSuccess("/staff/form", $"{PublishedOn:yyyy-MM-dd} {string.Join('+', Organisations)} {Verdict}") : Page();
}
