using System.Net;
using FollowUp.Local.Service;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>A start while storage takes connections and never answers.</summary>
public sealed class StorageAwayTests
{
    /// <summary>After that the Functions host gives a process up, and stops itself when it happens again and again.</summary>
    private static readonly TimeSpan HostsPatience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_service_listens_in_time_says_so_and_comes_to_life_when_storage_answers()
    {
        var behind = SharedStorage.Next();
        using var storage = new SilentStorage(behind);
        await using var local = new LocalService();
        local.Settings["AzureWebJobsStorage"] = storage.ConnectionString;

        await local.StartAsync(options => options with { Storage = behind, Patience = HostPatience.Default with { InvocationWait = HostsPatience } });

        Assert.Equal(HttpStatusCode.OK, await GetAsync(local.Anonymous(), "/health"));
        // Signing in needs a key, and the keys are in storage
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(local.Anonymous(), "/staff"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(local.Anonymous(), "/health"));

        storage.PassOn();
        await ComesToLifeAsync(local, await local.ApiAsync("viewer"), "/api/organisations", HttpStatusCode.OK);
        await ComesToLifeAsync(local, local.Anonymous(), "/staff", HttpStatusCode.Redirect);
        await local.FireAsync("ChaseRecommendations");
    }

    private static async Task ComesToLifeAsync(LocalService local, HttpClient client, string path, HttpStatusCode expected)
    {
        for (var tries = 0; await GetAsync(client, path) != expected; tries++)
        {
            Assert.True(tries < 30, $"{path} has not come to life:{Environment.NewLine}{local.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        }
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
