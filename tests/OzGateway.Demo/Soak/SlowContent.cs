using System.Net;

namespace OzGateway.Demo.Soak;

/// <summary>A body that takes its time, as from a telephone.</summary>
internal sealed class SlowContent : HttpContent
{
    private const int SliceBytes = 64 << 10;

    private readonly HttpContent _whole;
    private readonly TimeSpan _duration;

    public SlowContent(HttpContent whole, TimeSpan duration)
    {
        (_whole, _duration) = (whole, duration);
        Headers.ContentType = whole.Headers.ContentType;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var bytes = await _whole.ReadAsByteArrayAsync();
        var pause = _duration * SliceBytes / bytes.Length;
        for (var sent = 0; sent < bytes.Length; sent += SliceBytes)
        {
            await stream.WriteAsync(bytes.AsMemory(sent, Math.Min(SliceBytes, bytes.Length - sent)));
            await stream.FlushAsync();
            await Task.Delay(pause);
        }
    }

    protected override bool TryComputeLength(out long length) => (length = _whole.Headers.ContentLength ?? -1) >= 0;
}
