namespace OzGateway.Edge;

/// <summary>Why the server itself refused a request, before anything here could see it. The word stands in the metric beside those of <see cref="EdgeRefusal"/>.</summary>
internal enum ServerRefusal
{
    /// <summary>No request by the letter.</summary>
    ServerMalformed,

    /// <summary>A head that took too long, or a body that came too slowly.</summary>
    ServerTimeout,

    /// <summary>A body over its limit.</summary>
    ServerBodySize,

    /// <summary>A request line or headers over their limits.</summary>
    ServerHeadSize,

    /// <summary>A version of HTTP that is not spoken here.</summary>
    ServerVersion,

    /// <summary>Anything else.</summary>
    ServerOther,
}
