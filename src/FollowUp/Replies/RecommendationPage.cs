using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>A page about one recommendation.</summary>
internal abstract class RecommendationPage(LinkSession session, OpenLink openLink) : LinkPage(session, openLink)
{
    public Recommendation State => Opened.Recommendations[0].State;

    public Inspection Inspection => Opened.Recommendations[0].Inspection;

    /// <summary>The address of the recommendation's page, which those of its steps begin with.</summary>
    public string Address => $"{Home}/{State.Id}";

    /// <summary>What was typed and can be sent no more; null for those who may not answer, and on pages that do not show it.</summary>
    public NotSent? NotSent { get; protected set; }

    /// <summary>The id of the form that takes along what is typed there when somebody goes to another page; null where there is none.</summary>
    public virtual string? SavingForm => null;

    /// <summary>The recommendation's page for somebody who has just sent a form.</summary>
    protected string Sent(string formId) => $"{Address}?sent={Uri.EscapeDataString(formId)}";

    /// <summary>Whom a form begins with: what was typed by this link and not sent, or whoever signed by it last.</summary>
    protected async Task<(string? Name, string? Role)> SignatureAsync(TypedSignature? typed = null)
    {
        if (typed?.LinkId == Link.Id)
        {
            return (typed.Name, typed.Role);
        }

        var last = await OpenLink.LastSignatureAsync(Link, Stop);
        return (last?.Name, last?.Role);
    }

    public bool OwesAnswer => State.Ask is { IsOpen: true, Kind: AskKind.Response };

    public bool OwesReport => State.Ask is { IsOpen: true, Kind: AskKind.Progress };

    public DateOnly Today => Opened.Situation.Today;

    /// <summary>Where a button leads that stands for a link (<c>go:…</c>); null for other buttons.</summary>
    protected string? Goal(string? button) => button switch
    {
        "go:time" => Address + "/more-time",
        "go:colleague" => Home + "/colleague",
        "go:back" => Back,
        _ => null,
    };

    /// <summary>Where "Back" leads.</summary>
    protected virtual string Back => Home;

    /// <summary>Whether something is still owed after a refusal: then nobody was faster, and it can be tried again.</summary>
    protected async Task<bool> StillOwesAsync(AskKind kind) =>
        await ReadAsync(Link) is { Recommendations: [{ State.Ask: { IsOpen: true } ask }] } && ask.Kind == kind;

    protected override async Task<OpenedLink?> ReadAsync(Link link) =>
        RecommendationId.TryParse($"{RouteData.Values["inspection"]}/{RouteData.Values["number"]}", null, out var id)
            ? await OpenLink.ReadOneAsync(link, id, Stop)
            : null;
}
