using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>How calls of one session stay on one of several adapters.</summary>
internal sealed class UpstreamAffinityOptions
{
    /// <summary>What a session is told by. <c>cookie</c> needs a page on the same site; the others choose by a hash and need none.</summary>
    /// <value>cookie with several destinations, none with one</value>
    public AffinityKind? By { get; set; }

    /// <summary>Name of the header or of the query key, for example <c>esid</c>. Only with <c>header</c> and <c>query</c>, and required there. A call without it goes to any adapter.</summary>
    public string? Name { get; set; }

    /// <summary>Which segment of the path, counted from 1 behind <c>public_prefix</c>. Only with <c>path</c>, and required there.</summary>
    [Range(1, 16)]
    public int? Segment { get; set; }

    /// <summary>The cookie may travel over plain http and loses its <c>__Host-</c> name. Test environments only.</summary>
    /// <value>false</value>
    public bool? DangerousPlainHttpCookie { get; set; }
}

/// <summary>What a session is told by.</summary>
internal enum AffinityKind
{
    /// <summary>Nothing: every call goes to any adapter.</summary>
    None,

    /// <summary>A cookie of the gateway, <c>__Host-ozgateway-affinity-UPSTREAM</c>. It never reaches the adapter and does not tell which one it means.</summary>
    Cookie,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A segment of the path.</summary>
    Path,

    /// <summary>A key of the query.</summary>
    Query,
}
