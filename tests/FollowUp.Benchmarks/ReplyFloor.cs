using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using FollowUp.Local;
using Microsoft.AspNetCore.WebUtilities;

namespace FollowUp.Benchmarks;

/// <summary>A page that reads what the page behind a link reads, and says something of the same length.</summary>
internal static partial class ReplyFloor
{
    internal sealed record Wish(int Port, string Storage, IReadOnlyList<Read> Reads, int Length);

    public static async Task ServeAsync()
    {
        var wish = JsonSerializer.Deserialize<Wish>(Environment.GetEnvironmentVariable("FLOOR")!)!;
        var tables = new TableServiceClient(wish.Storage);
        var text = new string('x', wish.Length);
        var app = PlainWeb.Create(wish.Port, _ => { });
        app.UseDeveloperExceptionPage();
        app.MapGet("/", async () =>
        {
            foreach (var read in wish.Reads)
                await ReadAsync(tables, read);
            return Results.Text(text, "text/html");
        });
        await app.StartAsync();
        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task ReadAsync(TableServiceClient tables, Read read)
    {
        if (Point().Match(read.What) is { Success: true } point)
        {
            await tables.GetTableClient(point.Groups[1].Value).GetEntityIfExistsAsync<TableEntity>(point.Groups[2].Value, point.Groups[3].Value);
            return;
        }

        var filter = QueryHelpers.ParseQuery(read.Query)["$filter"].ToString();
        await foreach (var _ in tables.GetTableClient(read.What.Split('(')[0]).QueryAsync<TableEntity>(filter))
        {
            // Reading them is all there is to do
        }
    }

    [GeneratedRegex("^([A-Za-z]+)\\(PartitionKey='(.*)',RowKey='(.*)'\\)$")]
    private static partial Regex Point();
}
