using OzGateway.Edge;
using OzGateway.Identity;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace OzGateway.Forwarding;

/// <summary>To which adapters a call may go: to that of its session while there is hope for it, else to those that are well. And what came of it.</summary>
internal sealed class DestinationMiddleware(RequestDelegate next, DestinationHealth health, ForwardingPlan plan, UserKeyPolicy users)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var upstream = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UpstreamPolicy>();
        var bound = Bound(context, upstream, proxy.AllDestinations);
        proxy.AvailableDestinations = bound is null ? health.ForNewSessions(upstream.Name, proxy.AllDestinations) : [bound];
        if (upstream.Affinity.By is AffinityKind.Cookie)
        {
            context.Response.OnStarting(() =>
            {
                Bind(context, upstream, bound);
                return Task.CompletedTask;
            });
        }

        await next(context);
        if (upstream.Health.Passive && proxy.ProxiedDestination is { } called && WasReached(context) is { } reached)
        {
            health.Called(upstream.Name, called, reached);
        }
    }

    private DestinationState? Bound(HttpContext context, UpstreamPolicy upstream, IReadOnlyList<DestinationState> all)
    {
        if (upstream.Affinity.By is AffinityKind.Cookie)
        {
            var own = context.Request.Cookies[upstream.Affinity.Name] is { } cookie ? AffinityKey.Find(users.Keys, upstream.Name, cookie, all) : null;
            return own is null || IsOver(context, health.Of(upstream.Name, own)) ? null : own;
        }

        return Value(context.Request, upstream) is { Length: > 0 } value
            ? AffinityKey.Rank(users.Keys, upstream.Name, value, all).FirstOrDefault(destination => !health.Of(upstream.Name, destination).IsLost)
            : null;
    }

    // A check that opens goes where somebody is; one that runs waits a little for the adapter that knows it.
    private static bool IsOver(HttpContext context, DestinationRecord record) =>
        record.IsLost || (record.State is not Reachability.Up && context.Features.GetRequiredFeature<CallFeature>().Kind is CallKind.Session);

    private string? Value(HttpRequest request, UpstreamPolicy upstream) => upstream.Affinity.By switch
    {
        AffinityKind.None or AffinityKind.Cookie => null,
        AffinityKind.Header => request.Headers[upstream.Affinity.Name] is [{ } only] ? only : null,
        AffinityKind.Query => request.Query[upstream.Affinity.Name] is [{ } only] ? only : null,
        AffinityKind.Path => request.Path.Value![plan.PublicPrefix.Length..].Split('/').ElementAtOrDefault(upstream.Affinity.Segment),
        _ => throw new InvalidOperationException($"Affinity by '{upstream.Affinity.By}' has no value."),
    };

    private void Bind(HttpContext context, UpstreamPolicy upstream, DestinationState? bound)
    {
        // Files are the same everywhere and may be kept by caches; a failed call opened nothing.
        if (context.GetReverseProxyFeature().ProxiedDestination is not { } called || called == bound
            || context.Response.StatusCode >= StatusCodes.Status500InternalServerError
            || context.Features.GetRequiredFeature<CallFeature>().Kind is CallKind.Static or CallKind.Telemetry)
        {
            return;
        }

        context.Response.Cookies.Append(upstream.Affinity.Name, AffinityKey.Sign(users.Keys, upstream.Name, called), new CookieOptions
        {
            HttpOnly = true,
            Secure = !upstream.Affinity.DangerousPlainHttpCookie,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        });
    }

    // Null where the call tells nothing of the adapter: the client went away, or its body was at fault.
    private static bool? WasReached(HttpContext context) => context.Features.Get<IForwarderErrorFeature>()?.Error switch
    {
        null => true,
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination => false,
        _ when context.Features.Get<DeadlineFeature>()?.Passed is UpstreamLimit.FirstByte => false,
        _ => null,
    };
}
