using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FollowUp.Storage;

namespace FollowUp.Evidence;

/// <summary>The bytes of the files. No blob is ever written twice.</summary>
internal sealed class FileBlobs(Store store)
{
    // Pieces that a slow connection carries within the time of one call
    private static readonly StorageTransferOptions InPieces = new() { InitialTransferSize = 4 * 1024 * 1024, MaximumTransferSize = 4 * 1024 * 1024, MaximumConcurrency = 2 };

    /// <summary>A name that nobody can guess and that says nothing.</summary>
    public static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public async Task WriteAsync(string name, byte[] content, CancellationToken stop) =>
        await Blob(name).UploadAsync(
            new BinaryData(content),
            new BlobUploadOptions { TransferOptions = InPieces, Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All }, HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" } },
            stop);

    public async Task<BinaryData> ReadAsync(string name, CancellationToken stop) => (await Blob(name).DownloadContentAsync(stop)).Value.Content;

    /// <summary>The bytes one after the other; null when they are gone.</summary>
    public async Task<Stream?> OpenAsync(string name, CancellationToken stop)
    {
        try
        {
            return await Blob(name).OpenReadAsync(cancellationToken: stop);
        }
        catch (RequestFailedException gone) when (gone.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>What others have noted at the blob; nothing while it is not there.</summary>
    public async Task<IDictionary<string, string>> TagsAsync(string name, CancellationToken stop)
    {
        try
        {
            return (await Blob(name).GetTagsAsync(cancellationToken: stop)).Value.Tags;
        }
        catch (RequestFailedException gone) when (gone.Status == StatusCodes.Status404NotFound)
        {
            return new Dictionary<string, string>();
        }
    }

    public async Task DeleteAsync(string name, CancellationToken stop) => await Blob(name).DeleteIfExistsAsync(cancellationToken: stop);

    private BlobClient Blob(string name) => store.Evidence.GetBlobClient(name);
}
