using System.Text.Encodings.Web;
using System.Text.Unicode;
using FollowUp.Pages.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace FollowUp.Pages;

/// <summary>The pages' frame: Razor Pages that lie in every room, the design systems, error pages and security headers.</summary>
internal static class PagesRoom
{
    private const int MostOfAForm = 1024 * 1024;

    /// <summary>An inspection of 99 recommendations of 5,000 characters, each written as nine letters, is 4.5 million.</summary>
    private const long MostOfAnyBody = 8 * 1024 * 1024;

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(pages =>
            {
                pages.RootDirectory = "/";
                pages.Conventions.Add(new FieldNames());
            })
            .AddApplicationPart(typeof(PagesRoom).Assembly)
            .AddMvcOptions(mvc =>
            {
                mvc.ModelBinderProviders.Insert(0, new DateInputBinder.Provider());
                // They read names as jQuery writes them, which no page of ours does, and fail on half a bracket
                mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
                mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
                mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                PlainMessages.Set(mvc.ModelBindingMessageProvider);
                mvc.Filters.Add<KeepStaffForms>();
            });
        // The one form with a file is read by FileForm; no other has use for large ones
        services.Configure<FormOptions>(forms => (forms.MultipartBodyLengthLimit, forms.ValueLengthLimit) = (MostOfAForm, MostOfAForm));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = problem =>
            problem.ProblemDetails.Extensions["traceId"] = Reference.Of(problem.HttpContext));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
        // Words in any language stay words in the source of a page
        services.Configure<WebEncoderOptions>(encoding => encoding.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<PagesOptions>>((antiforgery, pages) =>
        {
            antiforgery.Cookie.Name = pages.Value.CookiePolicy == CookieSecurePolicy.Always ? "__Host-followup-antiforgery" : "followup-antiforgery";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = pages.Value.CookiePolicy;
            // Strict would have every click on a link in webmail make a new cookie, and the forms in open tabs void
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.HeaderName = "X-CSRF-TOKEN";
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IOptions<PagesOptions>>((cookie, pages) =>
        {
            cookie.Cookie.Name = "followup-message";
            cookie.Cookie.SecurePolicy = pages.Value.CookiePolicy;
            cookie.Cookie.IsEssential = true;
        });
        return services;
    }

    /// <summary>Puts an entry into the staff's navigation.</summary>
    /// <param name="services">The services.</param>
    /// <param name="text">What the entry is called.</param>
    /// <param name="href">Where it leads.</param>
    /// <param name="order">Its place among the others.</param>
    /// <param name="also">Other addresses whose pages stand under the entry.</param>
    /// <param name="count">How many things wait there.</param>
    public static IServiceCollection AddStaffNavigation(
        this IServiceCollection services, string text, string href, int order, IReadOnlyList<string>? also = null, Func<IServiceProvider, CancellationToken, Task<int>>? count = null) =>
        services.AddSingleton(new StaffNavigationItem(text, href, order, also ?? [], count));

    /// <summary>What stands before every endpoint: its time, security headers, errors in words, static files.</summary>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app)
    {
        app.UseMiddleware<RequestTime>();
        var options = app.ApplicationServices.GetRequiredService<IOptions<PagesOptions>>().Value;
        app.Use((context, next) =>
        {
            LimitBody(context);
            return next(context);
        });
        // Behind the Functions host a request comes over plain HTTP; its Host header and a prefix of its path are anyone's word:
        // links, redirects and secure cookies go by the configured address alone
        if (options.BaseAddress is { } address)
        {
            app.Use((context, next) =>
            {
                context.Features.Set(new AskedHost(context.Request.Host));
                context.Request.Scheme = address.Scheme;
                context.Request.Host = HostString.FromUriComponent(address.Authority);
                context.Request.PathBase = PathString.Empty;
                return next(context);
            });
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = ErrorModel.Path, StatusCodeSelector = options.StatusOf });
        app.UseStatusCodePagesWithReExecute(ErrorModel.Path);
        return app.UseWhen(Audience.IsFile, files => files.UseResponseCompression().UseStaticFiles(SecurityHeaders.Files));
    }

    /// <summary>Forms with a file are counted by those who read them; every other body by the server, before anybody knows whose it is.</summary>
    private static void LimitBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit && context.Request.ContentType?.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            limit.MaxRequestBodySize = MostOfAnyBody;
        }
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapRazorPages();
        routes.MapMethods("/.well-known/security.txt", [HttpMethods.Get, HttpMethods.Head], SecurityText.Answer);
        return routes;
    }
}
