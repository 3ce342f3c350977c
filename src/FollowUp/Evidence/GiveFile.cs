using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FollowUp.Evidence;

/// <summary>Gives a file to whoever may have it: always to keep, never to show, and only when the scanner has called it clean.</summary>
internal sealed class GiveFile(FileBlobs blobs)
{
    public async Task<IActionResult> RunAsync(UploadedFile? file, HttpResponse response, CancellationToken stop)
    {
        if (file is not { State: FileState.Clean } || await blobs.OpenAsync(file.Blob, stop) is not { } content)
        {
            return new NotFoundResult();
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.File.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        return new FileStreamResult(content, FileKinds.Of(file.File.Kind).MediaType);
    }
}
