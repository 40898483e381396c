namespace OzGateway.Simulator;

/// <summary>How the adapter's own session id travels in submissions and polls.</summary>
public enum SessionCarrier
{
    /// <summary>A member, field or part of the body; in the query where the body is a container.</summary>
    Body,

    /// <summary>A cookie, set by the answer that opens the session.</summary>
    Cookie,

    /// <summary>A request header.</summary>
    Header,

    /// <summary>A query parameter.</summary>
    Query,
}
