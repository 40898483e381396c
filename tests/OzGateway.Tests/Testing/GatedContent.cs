using System.Net;

namespace OzGateway.Tests.Testing;

/// <summary>A body of which the last byte waits until the test lets it go.</summary>
internal sealed class GatedContent(Task gate) : HttpContent
{
    private byte[] _bytes = [];

    /// <summary>Takes the place of a request's body.</summary>
    public void Wrap(HttpRequestMessage request)
    {
        _bytes = request.Content!.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        Headers.ContentType = request.Content.Headers.ContentType;
        Headers.ContentLength = _bytes.Length;
        request.Content = this;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes.AsMemory(0, _bytes.Length - 1));
        await stream.FlushAsync();
        await gate;
        await stream.WriteAsync(_bytes.AsMemory(_bytes.Length - 1));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
