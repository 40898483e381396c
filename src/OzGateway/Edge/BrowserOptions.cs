using System.ComponentModel.DataAnnotations;

namespace OzGateway.Edge;

/// <summary>Which pages may call, and what browsers are told about our answers. Pages of the gateway's own origin need no entry.</summary>
internal sealed class BrowserOptions
{
    /// <summary>Exact origins of pages that may call from elsewhere, for example <c>https://bank.example</c>: scheme, host and port, no path, no <c>*</c>. A call that names another origin is 403.</summary>
    /// <value>none: only pages of the gateway's own origin</value>
    public List<string>? Origins { get; set; }

    /// <summary>Request headers that pages of these origins may send besides esid, traceparent, content-type, authorization and OzGateway-Request.</summary>
    /// <value>none</value>
    public List<string>? Headers { get; set; }

    /// <summary>Pages of these origins may call with cookies. Needed where a cookie carries the user or the ticket and the page is of the same site but another origin.</summary>
    /// <value>false</value>
    public bool? Credentials { get; set; }

    /// <summary>How long a browser may remember the answer to a preflight.</summary>
    /// <value>10m</value>
    [Range(typeof(TimeSpan), "0s", "24h")]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How long browsers must use https only (Strict-Transport-Security); sent over TLS.</summary>
    /// <value>not sent</value>
    [Range(typeof(TimeSpan), "1d", "730d")]
    public TimeSpan? Hsts { get; set; }

    /// <summary>Headers for the page that shows the plugin, where the gateway serves it.</summary>
    public PageOptions? Page { get; set; }
}
