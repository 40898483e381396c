using System.Net;

namespace OzGateway.Tests.Hosting;

/// <summary>A body of which half is sent, and the rest when it is told to.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HttpContent _whole;
    private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldContent(HttpContent whole)
    {
        _whole = whole;
        Headers.ContentType = whole.Headers.ContentType;
    }

    /// <summary>Done when the first half is on its way.</summary>
    public Task HalfSent => _half.Task;

    public void SendRest() => _rest.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var bytes = await _whole.ReadAsByteArrayAsync();
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await stream.FlushAsync();
        _half.TrySetResult();
        await _rest.Task;
        await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
