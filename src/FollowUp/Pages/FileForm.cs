using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FollowUp.Pages;

/// <summary>The file of a form as it was sent.</summary>
/// <param name="Name">The name that the browser gave it; empty when no file was chosen.</param>
/// <param name="Content">Its bytes; of one that is too large the beginning.</param>
/// <param name="Length">How many bytes were sent.</param>
internal sealed record SentFile(string Name, byte[] Content, long Length)
{
    public static SentFile? Of(HttpContext context) => context.Items[typeof(SentFile)] as SentFile;
}

/// <summary>
/// Reads a form with one file. A file that is too large is read to its end and not kept, so that the page can say so
/// with everything else that was typed still on it: an answer in the middle of sending would break the connection.
/// </summary>
internal static class FileForm
{
    private const int MostFields = 500;
    private const int MostText = 1024 * 1024;
    private const int LongestHeaders = 16 * 1024;

    /// <summary>Stands for a name that cannot be read.</summary>
    private const string Unreadable = "\uFFFD";

    /// <summary>Reads the form, if it is one with a file, so that everybody behind finds it read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mostBytes">The largest file that is kept.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <returns>The status to refuse it with; null when it was read or is another form.</returns>
    public static async Task<int?> ReadAsync(HttpRequest request, int mostBytes, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > 100)
        {
            return StatusCodes.Status400BadRequest;
        }

        try
        {
            return await ReadAsync(request, new MultipartReader(boundary.ToString(), request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = LongestHeaders, BodyLengthLimit = null }, mostBytes, stop);
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException && !stop.IsCancellationRequested)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    private static async Task<int?> ReadAsync(HttpRequest request, MultipartReader reader, int mostBytes, CancellationToken stop)
    {
        var fields = new KeyValueAccumulator();
        var text = 0;
        for (var section = await reader.ReadNextSectionAsync(stop); section is not null; section = await reader.ReadNextSectionAsync(stop))
        {
            var disposition = section.GetContentDispositionHeader();
            if (section.ContentDisposition?.Contains("filename", StringComparison.OrdinalIgnoreCase) == true)
            {
                // One file a request: a second one is read and not kept
                var file = await KeepAsync(section.Body, disposition is null ? Unreadable : Name(disposition), request.HttpContext.Items.ContainsKey(typeof(SentFile)) ? 0 : mostBytes, stop);
                request.HttpContext.Items.TryAdd(typeof(SentFile), file);
                continue;
            }

            if (disposition is null)
            {
                return StatusCodes.Status400BadRequest;
            }

            var value = await KeepAsync(section.Body, "", MostText, stop);
            text += value.Content.Length;
            fields.Append(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), System.Text.Encoding.UTF8.GetString(value.Content));
            if (value.Length > MostText || text > MostText || fields.ValueCount > MostFields)
            {
                await request.Body.CopyToAsync(Stream.Null, stop);
                return StatusCodes.Status413PayloadTooLarge;
            }
        }

        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(new FormCollection(fields.HasValues ? fields.GetResults() : new Dictionary<string, StringValues>())));
        return null;
    }

    private static string Name(ContentDispositionHeaderValue disposition)
    {
        // Browsers write a quotation mark in a name as %22; the name in full comes first where there is one
        var full = HasNameInFull(disposition) ? disposition.FileNameStar : default;
        return (full.HasValue ? full : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString().Replace("%22", "\"", StringComparison.Ordinal).Trim();
    }

    /// <summary>Whether there is one to decode: the header itself throws where its parameter stands there without a value.</summary>
    private static bool HasNameInFull(ContentDispositionHeaderValue disposition) =>
        disposition.Parameters.Any(p => p.Name.Equals("filename*", StringComparison.OrdinalIgnoreCase) && p.Value.HasValue);

    private static async Task<SentFile> KeepAsync(Stream body, string name, int most, CancellationToken stop)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var length = 0L;
        for (var read = await body.ReadAsync(buffer, stop); read > 0; read = await body.ReadAsync(buffer, stop))
        {
            length += read;
            if (length <= most)
            {
                kept.Write(buffer, 0, read);
            }
        }

        return new SentFile(name, kept.ToArray(), length);
    }
}
