using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OzGateway.Edge;

/// <summary>The headers that tell a browser how to treat an answer. Written last, so that nothing of the adapter stands in their place.</summary>
internal sealed class BrowserAnswer(HttpContext context, BrowserPolicy policy, CallOrigin origin, bool isFile)
{
    private const string Exposed = "OzGateway-Transaction-Id, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy";

    /// <summary>Writes them.</summary>
    public Task WriteAsync()
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        WriteCrossOrigin(headers);
        if (policy.StrictTransportSecurity is { } strict && context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = strict;
        }

        if (policy.Page is { } page && page.Routes.Contains(RouteName.Of(context)))
        {
            headers["Permissions-Policy"] = page.PermissionsPolicy;
            headers.ContentSecurityPolicy = page.ContentSecurityPolicy;
        }

        return Task.CompletedTask;
    }

    private void WriteCrossOrigin(IHeaderDictionary headers)
    {
        if (!isFile)
        {
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
        }

        if (policy.Origins.Count == 0)
        {
            return;
        }

        if (isFile)
        {
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }

        headers.Vary = StringValues.Concat(headers.Vary, HeaderNames.Origin);
        if (origin is CallOrigin.Listed)
        {
            headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
            headers.AccessControlExposeHeaders = Exposed;
            headers.AccessControlAllowCredentials = policy.AllowsCredentials ? "true" : StringValues.Empty;
        }
    }
}
