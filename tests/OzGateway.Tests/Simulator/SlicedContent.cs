using System.Net;

namespace OzGateway.Tests.Simulator;

/// <summary>A body that is sent in small slices, each flushed, without a length in front.</summary>
internal sealed class SlicedContent(byte[] body, int slice) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var at = 0; at < body.Length; at += slice)
        {
            await stream.WriteAsync(body.AsMemory(at, Math.Min(slice, body.Length - at)));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
