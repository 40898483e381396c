using System.Net;
using System.Text.Json;
using OzGateway.Telemetry;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OzGateway.OzApi;

/// <summary>Calls with our token: a refused one is renewed once, and every way to fail has one word.</summary>
internal sealed partial class OzTransport(OzToken token, OzWire wire, OzPipelines pipelines, ILogger<OzTransport> logger)
{
    /// <summary>Reads: the body of a good answer, or null where there is no such thing (404).</summary>
    /// <exception cref="OzApiException">Everything else.</exception>
    public async Task<byte[]?> AskAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        var call = new OzCall(HttpMethod.Get, pathAndQuery);
        var reply = await WordedAsync(() => pipelines.RunAsync(stop => SendAsync(call, stop), cancellationToken).AsTask(), cancellationToken);
        return reply switch
        {
            { IsSuccess: true } => reply.Body,
            { Status: HttpStatusCode.NotFound } => null,
            { Status: HttpStatusCode.Forbidden } => throw Failed("forbidden"),
            _ => throw Failed("status"),
        };
    }

    /// <summary>An exception for an answer that is no answer, already logged.</summary>
    public OzApiException Failed(string reason)
    {
        Log.OzApiFailed(logger, reason);
        return new OzApiException(reason);
    }

    private async ValueTask<OzReply> SendAsync(OzCall call, CancellationToken cancellationToken)
    {
        var used = await token.GetAsync(cancellationToken);
        var first = await wire.SendAsync(call, used, cancellationToken);
        return IsAboutToken(first) ? await wire.SendAsync(call, await token.RenewAsync(used, cancellationToken), cancellationToken) : first;
    }

    // Numbers mean different things at different places: 6, 7 and 8 count only with a status that refuses.
    private static bool IsAboutToken(OzReply reply)
    {
        if (reply.Status is HttpStatusCode.Unauthorized)
        {
            return true;
        }

        try
        {
            return reply.Status is HttpStatusCode.Forbidden && OzWire.Read(reply.Body, OzJson.Default.OzError)?.ErrorCode is 6 or 7 or 8;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<OzReply> WordedAsync(Func<Task<OzReply>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (OzApiException failure)
        {
            Log.OzApiFailed(logger, failure.Reason);
            throw;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Failed("unreachable");
        }
        catch (BrokenCircuitException)
        {
            throw Failed("circuit_open");
        }
        catch (TimeoutRejectedException)
        {
            throw Failed("timeout");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed("timeout");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OzApiFailed, LogLevel.Warning, "Oz API cannot be asked: {Reason}.", EventName = nameof(OzApiFailed))]
        internal static partial void OzApiFailed(ILogger logger, string reason);
    }
}
