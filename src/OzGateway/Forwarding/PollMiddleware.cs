using OzGateway.Edge;
using OzGateway.Payloads;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>
/// A poll's own way to the adapter and back. It is small and comes a hundred times as often as a submission: its body is read whole and leaves
/// with its head in one piece, and its answer, which is read and never passed on, needs no stream to the client. All else is forwarded.
/// </summary>
internal sealed class PollMiddleware(RequestDelegate next, CallHeads heads, AnswerReading reading)
{
    private const int MostBytes = 64 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var upstream = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UpstreamPolicy>();
        return context.Features.GetRequiredFeature<CallFeature>().Kind is CallKind.Poll && IsSmall(context) && upstream.Forwarded is not UpstreamForwarded.Forwarded
            ? CallAsync(context, upstream)
            : next(context);
    }

    private static bool IsSmall(HttpContext context) => context.Request.ContentLength is { } length
        ? length <= MostBytes
        : context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private async Task CallAsync(HttpContext context, UpstreamPolicy upstream)
    {
        var proxy = context.GetReverseProxyFeature();
        proxy.ProxiedDestination = proxy.AvailableDestinations[0]; // that of the load balancing
        var moment = ForwarderError.RequestBodyClient;
        try
        {
            var deadline = context.Features.GetRequiredFeature<DeadlineFeature>();
            using var body = await PollBody.ReadAsync(context, deadline);
            moment = ForwarderError.Request;
            using var answer = await SendAsync(context, body, deadline);
            moment = ForwarderError.ResponseHeaders;
            heads.Of(upstream).Answer.Write(context, answer);
            await using var content = new WatchedStream(await answer.Content.ReadAsStreamAsync(context.RequestAborted), deadline);
            await reading(context, answer, content);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException or PayloadException)
        {
            context.Features.Set<IForwarderErrorFeature>(new CallFailure(ErrorOf(moment, failure, context), failure));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, PollBody body, DeadlineFeature deadline)
    {
        var proxy = context.GetReverseProxyFeature();
        using var request = new HttpRequestMessage { Method = HttpMethod.Parse(context.Request.Method), Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        // The client below repeats a request that had no body when an idle connection turns out to be closed: only a reading may be repeated.
        if (context.Request.ContentLength > 0 || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            request.Content = body;
        }
        else
        {
            deadline.RequestSent();
        }

        var upstream = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UpstreamPolicy>();
        heads.Of(upstream).Request.Write(context, request, proxy.ProxiedDestination!.Model.Config.Address);
        if (context.Features.Get<InjectionFeature>() is { } injection)
        {
            body.SetType(injection);
        }

        var answer = await proxy.Cluster.HttpClient.SendAsync(request, context.RequestAborted);
        deadline.AnswerBegan();
        return answer;
    }

    private static ForwarderError ErrorOf(ForwarderError moment, Exception failure, HttpContext context) => (moment, failure) switch
    {
        (ForwarderError.RequestBodyClient, OperationCanceledException) => ForwarderError.RequestBodyCanceled,
        (ForwarderError.Request, OperationCanceledException) when context.RequestAborted.IsCancellationRequested => ForwarderError.RequestCanceled,
        // Not by our clock and not by the client: it was the time to connect.
        (ForwarderError.Request, OperationCanceledException) => ForwarderError.RequestTimedOut,
        _ => moment,
    };
}
