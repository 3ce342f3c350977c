namespace FollowUp.Pages;

/// <summary>For whom an answer is: programs get problems, people get pages, and files are files.</summary>
internal static class Audience
{
    private static readonly PathString[] Programs = ["/api", "/webhooks", "/openapi", "/health"];
    private static readonly PathString[] Files = ["/assets", "/favicon.ico", "/robots.txt"];

    public static bool IsProgram(PathString path) => Programs.Any(program => path.StartsWithSegments(program));

    public static bool IsFile(HttpContext context) => Files.Any(path => context.Request.Path.StartsWithSegments(path));
}
