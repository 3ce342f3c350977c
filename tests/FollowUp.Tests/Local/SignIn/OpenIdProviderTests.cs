using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local.SignIn;

public sealed class OpenIdProviderTests(LocalService local) : IClassFixture<LocalService>
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-the-rules-of-pkce-0123456789";

    [Theory]
    [InlineData("viewer")]
    [InlineData("registrar")]
    [InlineData("reviewer")]
    [InlineData("administrator")]
    public async Task Each_role_gets_a_token_for_the_api(string role)
    {
        var claims = Claims(await local.TokenAsync(role));

        Assert.Equal("followup", (string?)claims["aud"]);
        Assert.Equal(role, (string?)claims["roles"]);
        Assert.Equal(role, (string?)claims["sub"]);
        Assert.EndsWith("@inspectorate.example", (string?)claims["email"], StringComparison.Ordinal);
        Assert.NotNull(claims["name"]);
    }

    [Theory]
    [InlineData("reviewer", "guessed")]
    [InlineData("stranger", "local")]
    public async Task A_stranger_gets_none(string client, string secret)
    {
        using var answer = await PostAsync("/connect/token", new() { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_person_chosen_on_the_page_is_signed_in_with_a_code()
    {
        var request = Request(new Uri(local.BaseAddress, "signin-oidc").AbsoluteUri);
        var page = await local.ConsoleClient().GetStringAsync($"/connect/authorize?{Query(request)}", TestContext.Current.CancellationToken);
        Assert.Contains("Grace Adebayo", page, StringComparison.Ordinal);

        request["person"] = "reviewer";
        using var chosen = await PostAsync("/connect/authorize", request);
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        var back = HttpUtility.ParseQueryString(chosen.Headers.Location!.Query);
        Assert.Equal("s", back["state"]);

        using var answer = await PostAsync("/connect/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = back["code"]!,
            ["client_id"] = "followup",
            ["client_secret"] = "local",
            ["code_verifier"] = Verifier,
            ["redirect_uri"] = request["redirect_uri"],
        });
        var tokens = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        var claims = Claims((string)tokens!["id_token"]!);
        Assert.Equal("reviewer", (string?)claims["roles"]);
        Assert.Equal("Grace Adebayo", (string?)claims["name"]);
        Assert.Equal("n", (string?)claims["nonce"]);
    }

    [Fact]
    public async Task Nobody_is_sent_anywhere_but_back_to_the_service()
    {
        using var answer = await local.ConsoleClient().GetAsync($"/connect/authorize?{Query(Request("http://elsewhere.example/signin-oidc"))}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Dictionary<string, string> Request(string redirectUri) => new()
    {
        ["client_id"] = "followup",
        ["redirect_uri"] = redirectUri,
        ["response_type"] = "code",
        ["scope"] = "openid profile",
        ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
        ["state"] = "s",
        ["nonce"] = "n",
    };

    private static string Query(Dictionary<string, string> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));

    private static JsonNode Claims(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!;
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await local.ConsoleClient().PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
