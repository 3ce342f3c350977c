using Azure.Data.Tables;

namespace FollowUp.Tests.Infrastructure;

/// <summary>A row that a newer release has written, for as long as a test needs it. At the end it must be as it was planted.</summary>
internal sealed class Damage : IAsyncDisposable
{
    private readonly TableClient _table;
    private readonly TableClient _settings;
    private readonly TableEntity _planted;
    private readonly TableEntity? _before;

    private Damage(LocalService service, string table, TableEntity planted, TableEntity? before)
    {
        _table = new TableClient(service.StorageConnectionString, table);
        _settings = new TableClient(service.StorageConnectionString, "Settings");
        (_planted, _before) = (planted, before);
    }

    /// <summary>Makes a row unreadable, or plants one where there is none.</summary>
    public static async Task<Damage> PlantAsync(LocalService service, string table, string partition, string row)
    {
        var found = await new TableClient(service.StorageConnectionString, table).GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: default);
        var planted = found.HasValue ? new TableEntity(found.Value!) : new TableEntity(partition, row) { ["json0"] = "{}" };
        (planted["v"], planted["precious"]) = (2, "kept");
        var damage = new Damage(service, table, planted, found.HasValue ? found.Value : null);
        await damage.PutAsync(planted);
        return damage;
    }

    /// <summary>Makes it as it was before.</summary>
    public async ValueTask DisposeAsync()
    {
        var (partition, row) = (_planted.PartitionKey, _planted.RowKey);
        var now = (await _table.GetEntityAsync<TableEntity>(partition, row, cancellationToken: default)).Value;
        if (_before is null)
        {
            await _table.DeleteEntityAsync(partition, row, cancellationToken: default);
            await StampAsync();
        }
        else
        {
            await PutAsync(_before);
        }

        Assert.Equal((2, "kept", _planted.GetString("json0")), (now.GetInt32("v"), now.GetString("precious"), now.GetString("json0")));
    }

    private async Task PutAsync(TableEntity entity)
    {
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, default);
        await StampAsync();
    }

    /// <summary>What many readers keep in memory they read anew.</summary>
    private async Task StampAsync() =>
        await _settings.UpsertEntityAsync(new TableEntity("sending", "stamp") { ["stamp"] = Guid.NewGuid().ToString("n") }, TableUpdateMode.Replace, default);
}
