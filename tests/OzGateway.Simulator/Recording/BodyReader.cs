using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace OzGateway.Simulator.Recording;

/// <summary>Reads a request's body to its end, or to where the client breaks off.</summary>
internal static class BodyReader
{
    /// <summary>What JSON and forms may hold: 128 MiB, for the adapter must have them whole to parse them.</summary>
    private const long WholeLimit = 128L * 1024 * 1024;

    private const int ChunkBytes = 64 * 1024;

    public static async Task<ReadBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        var media = type?.MediaType.Value ?? "";
        if (media.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type!.Boundary).Value is { Length: > 0 } boundary)
        {
            using var scanner = new MultipartScanner(request.Body, boundary);
            return await scanner.ReadAsync(cancellationToken);
        }

        var parsable = media.Length == 0
            || media.Contains("json", StringComparison.OrdinalIgnoreCase)
            || media.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || media.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        return await ReadPlainAsync(request, parsable, cancellationToken);
    }

    private static async Task<ReadBody> ReadPlainAsync(HttpRequest request, bool parsable, CancellationToken cancellationToken)
    {
        using var tally = new ByteTally(parsable ? WholeLimit : ReceivedRequest.KeptPartBytes);
        var complete = true;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                tally.Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception brokenOff) when (IsBrokenOff(brokenOff))
        {
            complete = false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var kept = tally.Kept ?? [];
        ReceivedPart[] parts = parsable || tally.Length == 0 ? [] : [tally.ToPart(null, null, request.ContentType)];
        return new ReadBody(
            kept.Length <= ReceivedRequest.KeptTextBytes ? kept : [], parsable ? kept : default, tally.Length, tally.Sha256(), parts, complete);
    }

    /// <summary>What Kestrel throws when the client goes away or ends its body too early.</summary>
    public static bool IsBrokenOff(Exception exception) => exception is IOException or OperationCanceledException;
}
