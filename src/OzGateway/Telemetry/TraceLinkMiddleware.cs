using System.Diagnostics;

namespace OzGateway.Telemetry;

/// <summary>A browser's trace becomes a link: our traces begin here, and nobody outside chooses their ids or their sampling.</summary>
internal sealed class TraceLinkMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.TraceParent is [{ } value]
            && ActivityContext.TryParse(value, traceState: null, isRemote: true, out var browser))
        {
            Activity.Current?.AddLink(new ActivityLink(browser));
        }

        return next(context);
    }
}
