namespace OzGateway.Edge;

/// <summary>Where a call comes from, as far as a browser says.</summary>
internal enum CallOrigin
{
    /// <summary>A page of the gateway's own origin, a person's navigation, or no browser at all.</summary>
    Own,

    /// <summary>A page of a listed origin.</summary>
    Listed,

    /// <summary>Any other page, or contradicting words about it.</summary>
    Foreign,
}

/// <summary>Reads it from Origin and Sec-Fetch-Site. Pages can set neither; what is no browser can, and gains nothing by it.</summary>
internal static class CallOrigins
{
    private const string SameOrigin = "same-origin";

    /// <summary>Where a request comes from.</summary>
    public static CallOrigin Of(HttpRequest request, BrowserPolicy policy)
    {
        var origins = request.Headers.Origin;
        var sites = request.Headers["Sec-Fetch-Site"];
        if (origins.Count > 1 || sites.Count > 1)
        {
            return CallOrigin.Foreign;
        }

        string? site = sites;
        if (origins.Count == 0)
        {
            return site is null or SameOrigin or "none" ? CallOrigin.Own : CallOrigin.Foreign;
        }

        string? origin = origins;
        if (policy.Origins.Contains(origin!))
        {
            return CallOrigin.Listed;
        }

        // The host is compared where the browser is too old to say it itself; the scheme may have ended at a proxy in front.
        var isOwn = origin != "null" && (site is SameOrigin || (site is null && HostOf(origin!) == request.Host.Value?.ToLowerInvariant()));
        return isOwn ? CallOrigin.Own : CallOrigin.Foreign;
    }

    /// <summary>Whether a script of a page of ours must have made the call: it sent what forms and foreign pages cannot send.</summary>
    public static bool IsOfScript(HttpRequest request) =>
        request.Headers.ContainsKey(BrowserPolicy.PageHeader)
        || request.Headers.ContainsKey("Authorization")
        || request.Headers["Sec-Fetch-Site"] is [SameOrigin];

    private static string? HostOf(string origin)
    {
        var at = origin.IndexOf("://", StringComparison.Ordinal);
        return at < 0 ? null : origin[(at + 3)..];
    }
}
