namespace FollowUp.Access;

/// <summary>Who may use a route.</summary>
internal abstract record AccessRule
{
    /// <summary>Everybody; nothing secret is shown and nothing changed.</summary>
    public sealed record Public(string Why) : AccessRule;

    /// <summary>Whoever holds a live link; the page itself checks it.</summary>
    public sealed record ByLink : AccessRule;

    /// <summary>Whoever can sign what they send; the door itself checks it.</summary>
    public sealed record BySignature : AccessRule;

    /// <summary>The Functions host, through a path that no public route reaches.</summary>
    public sealed record HostOnly : AccessRule;

    /// <summary>Staff with one of the roles.</summary>
    public sealed record ByRole(IReadOnlyList<Role> Roles) : AccessRule;
}

/// <summary>The one table of all routes and who may use them. A route that is not here is closed, and the start fails.</summary>
internal static class AccessRules
{
    private static readonly AccessRule Read = new AccessRule.ByRole([Role.Viewer]);
    private static readonly AccessRule Registrar = new AccessRule.ByRole([Role.Registrar]);
    private static readonly AccessRule Reviewer = new AccessRule.ByRole([Role.Reviewer]);
    private static readonly AccessRule Either = new AccessRule.ByRole([Role.Registrar, Role.Reviewer]);
    private static readonly AccessRule Administrator = new AccessRule.ByRole([Role.Administrator]);
    private static readonly AccessRule Link = new AccessRule.ByLink();
    private static readonly AccessRule Host = new AccessRule.HostOnly();

    /// <summary>Methods ("GET" stands for HEAD too; "*" for all), the route's pattern and its rule.</summary>
    public static IReadOnlyList<(string Methods, string Pattern, AccessRule Rule)> All { get; } =
    [
        // The trigger doors
        ("POST", "ChaseRecommendations", Host),
        ("POST", "SweepRegister", Host),
        ("POST", "SendStaffDigest", Host),
        ("POST", "SendEmail", Host),

        // Public
        ("*", "", new AccessRule.Public("The start page says what the service is")),
        ("*", "error", new AccessRule.Public("Error pages are shown to everybody")),
        ("GET", ".well-known/security.txt", new AccessRule.Public("Whom to tell about a weakness")),
        ("GET", "health", new AccessRule.Public("Whether the service is alive, for monitors")),
        ("GET", "health/chase", new AccessRule.Public("Whether chasing works, for monitors: no names")),
        ("GET", "openapi/{documentName}.json", new AccessRule.Public("The description of the API")),
        ("POST", "webhooks/sendgrid", new AccessRule.BySignature()),

        // The provider's pages
        ("*", "reply/{*path}", Link),
        ("GET", "reply/{token}", Link),
        ("POST", "reply/{token}", Link),
        ("GET", "reply/for/{linkId}", Link),
        ("GET", "reply/for/{linkId}/colleague", Link),
        ("POST", "reply/for/{linkId}/colleague", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/note", Link),
        ("POST", "reply/for/{linkId}/{inspection}/{number}/note", Link),
        ("GET", "reply/for/{linkId}/calendar", Link),
        ("POST", "reply/for/{linkId}/calendar", Link),
        ("GET", "reply/calendar/{token}.ics", Link),
        ("GET", "reply/for/{linkId}/{inspection}/action-plan", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}", Link),
        ("POST", "reply/for/{linkId}/{inspection}/{number}", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/check", Link),
        ("POST", "reply/for/{linkId}/{inspection}/{number}/check", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/receipt", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/more-time", Link),
        ("POST", "reply/for/{linkId}/{inspection}/{number}/more-time", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/progress", Link),
        ("POST", "reply/for/{linkId}/{inspection}/{number}/progress", Link),
        ("GET", "reply/for/{linkId}/{inspection}/{number}/evidence/{file}", Link),

        // The staff's pages
        ("POST", "staff/sign-out", new AccessRule.Public("Ending a session needs none; the form is checked")),
        ("GET", "staff", Read),
        ("GET", "staff/recommendations", Read),
        ("GET", "staff/recommendations/{inspection}/{number}", Read),
        ("GET", "staff/recommendations/{inspection}/{number}/deadline", Read),
        ("GET", "staff/recommendations/{inspection}/{number}/evidence/{file}", Read),
        ("*", "staff/recommendations/{inspection}/{number}/extend", Either),
        ("*", "staff/recommendations/{inspection}/{number}/refuse-time", Either),
        ("*", "staff/recommendations/{inspection}/{number}/pause", Either),
        ("*", "staff/recommendations/{inspection}/{number}/resume", Either),
        ("*", "staff/recommendations/{inspection}/{number}/hold-upward", Either),
        ("*", "staff/recommendations/{inspection}/{number}/release-upward", Either),
        ("*", "staff/recommendations/{inspection}/{number}/reassign", Either),
        ("*", "staff/recommendations/{inspection}/{number}/review", Reviewer),
        ("*", "staff/recommendations/{inspection}/{number}/verify", Reviewer),
        ("*", "staff/recommendations/{inspection}/{number}/close", Reviewer),
        ("*", "staff/recommendations/{inspection}/{number}/reopen", Reviewer),
        ("GET", "staff/review", Read),
        ("GET", "staff/messages/{mid}", Read),
        ("GET", "staff/inspections", Read),
        ("*", "staff/inspections/new", Registrar),
        ("GET", "staff/inspections/{id}", Read),
        ("GET", "staff/inspections/{id}/action-plan", Read),
        ("*", "staff/inspections/{id}/edit", Registrar),
        ("*", "staff/inspections/{id}/issue", Registrar),
        ("GET", "staff/organisations", Read),
        ("*", "staff/organisations/new", Registrar),
        ("GET", "staff/organisations/{id}", Read),
        ("*", "staff/organisations/{id}/edit", Registrar),
        ("*", "staff/organisations/{id}/links/{linkId}/revoke", Either),
        ("*", "staff/organisations/{id}/address", Either),
        ("GET", "staff/organisations/{id}/named/{nomination}", Read),
        ("POST", "staff/organisations/{id}/named/{nomination}", Either),
        ("GET", "staff/tasks", Read),
        ("POST", "staff/tasks", Either),
        ("GET", "staff/tasks/done", Read),
        ("*", "staff/tasks/send-again", Either),
        ("GET", "staff/outlook", Read),
        ("GET", "staff/sending", Read),
        ("GET", "staff/sending/now", Read),
        ("*", "staff/sending/stop", Administrator),
        ("*", "staff/sending/resume", Administrator),
        ("*", "staff/sending/release", Administrator),
        ("GET", "staff/jobs", Read),
        ("GET", "staff/ladder", Read),
        ("*", "staff/ladder/edit", Administrator),
        ("GET", "staff/holidays", Read),
        ("*", "staff/holidays/add", Administrator),
        ("*", "staff/holidays/{day}/remove", Administrator),
        ("*", "staff/holidays/{day}/deadlines", Either),

        // The API
        ("GET", "api/organisations", Read),
        ("GET", "api/organisations/{id}", Read),
        ("PUT", "api/organisations/{id}", Registrar),
        ("GET", "api/organisations/{id}/links", Read),
        ("POST", "api/organisations/{id}/links/{linkId}/revoke", Either),
        ("GET", "api/inspections", Read),
        ("POST", "api/inspections", Registrar),
        ("GET", "api/inspections/{id}", Read),
        ("PATCH", "api/inspections/{id}", Registrar),
        ("POST", "api/inspections/{id}/issue", Registrar),
        ("GET", "api/recommendations", Read),
        ("GET", "api/recommendations/{inspection}/{number}", Read),
        ("GET", "api/recommendations/{inspection}/{number}/events", Read),
        ("GET", "api/recommendations/{inspection}/{number}/deadline", Read),
        ("GET", "api/recommendations/{inspection}/{number}/messages", Read),
        ("POST", "api/recommendations/{inspection}/{number}/extend", Either),
        ("POST", "api/recommendations/{inspection}/{number}/pause", Either),
        ("POST", "api/recommendations/{inspection}/{number}/resume", Either),
        ("POST", "api/recommendations/{inspection}/{number}/hold-upward", Either),
        ("POST", "api/recommendations/{inspection}/{number}/release-upward", Either),
        ("POST", "api/recommendations/{inspection}/{number}/reassign", Either),
        ("POST", "api/recommendations/{inspection}/{number}/refuse-time", Either),
        ("POST", "api/recommendations/{inspection}/{number}/review", Reviewer),
        ("POST", "api/recommendations/{inspection}/{number}/verify", Reviewer),
        ("POST", "api/recommendations/{inspection}/{number}/close", Reviewer),
        ("POST", "api/recommendations/{inspection}/{number}/reopen", Reviewer),
        ("GET", "api/outlook", Read),
        ("GET", "api/tasks", Read),
        ("POST", "api/tasks/done", Either),
        ("POST", "api/tasks/send-again", Either),
        ("GET", "api/sending", Read),
        ("POST", "api/sending/stop", Administrator),
        ("POST", "api/sending/resume", Administrator),
        ("POST", "api/sending/release", Administrator),
        ("GET", "api/chase", Read),
        ("POST", "api/chase", Administrator),
    ];
}
