using System.Buffers;
using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>
/// A page reads why its upload was refused only if it could send it: a browser that is cut off while sending sees a broken connection and no
/// answer. So the answer goes out at once, and what still comes is read and thrown away, so much and so long; then the connection is closed.
/// Who waits to be asked for the body (<c>Expect: 100-continue</c>) is not asked: the answer closes the connection.
/// </summary>
internal sealed class RefusedUploadMiddleware(RequestDelegate next)
{
    private const int BufferBytes = 64 * 1024;
    private const long MostBytes = 32L << 20;
    private const long SmallBytes = 64 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    // What is small has been sent before it is refused: it waits in the buffers of the connection, and nobody is cut off.
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true } || (context.Request.ContentLength <= SmallBytes && !context.Request.Headers.ContainsKey("Expect"))
            ? next(context)
            : WatchAsync(context);

    private async Task WatchAsync(HttpContext context)
    {
        // The stream of the server: what comes after may put its own in its place.
        var body = context.Request.Body;
        var waits = context.Request.Headers.ContainsKey("Expect") && HttpProtocol.IsHttp11(context.Request.Protocol);
        if (waits)
        {
            context.Response.OnStarting(CloseIfRefusedAsync, context);
        }

        await next(context);
        if (!waits && context.Features.Get<ProblemFeature>() is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await DrainAsync(context, body);
        }
    }

    private static Task CloseIfRefusedAsync(object state)
    {
        var context = (HttpContext)state;
        if (context.Features.Get<ProblemFeature>() is not null)
        {
            context.Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    private static async Task DrainAsync(HttpContext context, Stream body)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Longest); // a matter of the network, not of a policy
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await context.Response.Body.FlushAsync(patience.Token);
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = null; // counted here
            }

            int read;
            for (var left = MostBytes; left > 0 && (read = await body.ReadAsync(buffer, patience.Token)) > 0; left -= read)
            {
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client has gone, is too slow, or the body was being read by somebody who was cut off: there is nobody to read the answer.
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
