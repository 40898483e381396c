namespace OzGateway.Identity;

/// <summary>Believes a listed proxy that ends TLS in front of the gateway: what it was asked by https is https here, and to the adapter.</summary>
internal sealed class ForwardedSchemeMiddleware(RequestDelegate next, UserKeyPolicy policy)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (policy.Client.IsBehindProxy(context) && context.Request.Headers["X-Forwarded-Proto"] is [("http" or "https") and var scheme])
        {
            context.Request.Scheme = scheme;
        }

        return next(context);
    }
}
