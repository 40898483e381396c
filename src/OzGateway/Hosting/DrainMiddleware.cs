using Microsoft.AspNetCore.Connections.Features;

namespace OzGateway.Hosting;

/// <summary>
/// While the process is on its way out every call is still answered, and its connection closed behind the answer (HTTP/1.1
/// <c>Connection: close</c>, HTTP/2 GOAWAY): who keeps connections to this replica takes its next call to another one.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, DrainLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Asked when the answer begins: a call may have come before the drain.
        context.Response.OnStarting(CloseIfDrainingAsync, context);
        return next(context);
    }

    private Task CloseIfDrainingAsync(object state)
    {
        if (!lifetime.IsDraining)
        {
            return Task.CompletedTask;
        }

        var context = (HttpContext)state;
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
        else
        {
            context.Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
