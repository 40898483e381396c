using OzGateway.Edge;
using OzGateway.Payloads;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>Holds the adapter to its time, and turns every failure of forwarding into one of our problems.</summary>
internal sealed partial class ForwardingProblemsMiddleware(RequestDelegate next, GatewayMetrics metrics, TakingLimit taking, TimeProvider time, ILogger<ForwardingProblemsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = context.Features.GetRequiredFeature<CallFeature>();
        var upstream = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UpstreamPolicy>();
        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        using var deadline = new DeadlineFeature(lifetime, TimesOf(upstream, call.Kind), time);
        context.Features.Set<IHttpRequestLifetimeFeature>(deadline);
        context.Features.Set(deadline);
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(lifetime);
        }

        if (deadline.IsClientStalled)
        {
            Log.ClientStalled(logger, RouteName.Of(context));
        }
        else if (context.Features.Get<IForwarderErrorFeature>() is { } failure)
        {
            await AnswerAsync(context, failure, deadline.Passed);
        }
    }

    // Files alone are handed on piece by piece, of any length; what else the adapter says is read to its end first.
    private CallTimes TimesOf(UpstreamPolicy upstream, CallKind kind) =>
        kind is CallKind.Static ? upstream.TimesOf(kind) with { Taking = taking.Time } : upstream.TimesOf(kind);

    private async Task AnswerAsync(HttpContext context, IForwarderErrorFeature failure, UpstreamLimit? passed)
    {
        if (context.RequestAborted.IsCancellationRequested || context.Features.Get<ProblemFeature>() is not null)
        {
            return;
        }

        var problem = ProblemOf(context, failure, passed);
        var error = passed is { } limit ? TelemetryNames.Word(limit) : TelemetryNames.Word(failure.Error);
        metrics.UpstreamFailed(context.GetEndpoint()!.Metadata.GetRequiredMetadata<UpstreamPolicy>().Name, error);
        Log.UpstreamFailed(logger, RouteName.Of(context), error, ProblemTable.Of(problem).Code);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        await context.WriteProblemAsync(problem);
    }

    private static GatewayProblem ProblemOf(HttpContext context, IForwarderErrorFeature failure, UpstreamLimit? passed)
    {
        if (context.Features.Get<InjectionFeature>()?.Body?.Fault is { } fault)
        {
            return fault.Fault switch
            {
                PayloadFault.TooLarge or PayloadFault.TooDeep or PayloadFault.TooManyParts => GatewayProblem.PayloadTooLarge,
                PayloadFault.ForeignValue => GatewayProblem.TransactionMismatch,
                PayloadFault.MetadataInvalid => GatewayProblem.MetadataInvalid,
                PayloadFault.UnsupportedCharset or PayloadFault.UnsupportedEncoding => GatewayProblem.MediaTypeUnsupported,
                _ => GatewayProblem.PayloadMalformed,
            };
        }

        for (var cause = failure.Exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException refused)
            {
                return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? GatewayProblem.PayloadTooLarge : GatewayProblem.PayloadMalformed;
            }
        }

        if (passed is null && failure.Error is ForwarderError.RequestBodyClient)
        {
            return GatewayProblem.PayloadMalformed;
        }

        // The one time that is not on our clock is that of connecting.
        return passed is not null || failure.Error is ForwarderError.RequestTimedOut ? GatewayProblem.UpstreamTimeout : GatewayProblem.UpstreamUnavailable;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UpstreamFailed, LogLevel.Warning, "Forwarding on route {Route} failed with {Error}; the client was told {Problem}.", EventName = nameof(UpstreamFailed))]
        internal static partial void UpstreamFailed(ILogger logger, string route, string error, string problem);

        [LoggerMessage(EventIds.ClientStalled, LogLevel.Information, "A client on route {Route} did not take what was sent to it (doors.limits.send_timeout), and was cut off.", EventName = nameof(ClientStalled))]
        internal static partial void ClientStalled(ILogger logger, string route);
    }
}
