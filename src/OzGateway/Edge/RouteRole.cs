namespace OzGateway.Edge;

/// <summary>What a route is for. The role gives the policies; only the word <c>none</c> takes one away.</summary>
internal enum RouteRole
{
    /// <summary>A route without a role: every answer is projected, nothing counts as an attempt.</summary>
    Result,

    /// <summary>Files of the plugin: streamed untouched, GET and HEAD, no identity needed.</summary>
    Static,

    /// <summary>The plugin's events: small bodies, the adapter's answer never returns (204).</summary>
    Telemetry,

    /// <summary>Configuration and opening of a check: answers are searched for secrets and passed whole.</summary>
    Session,

    /// <summary>Every call is a submission: an attempt, with metadata set by the gateway.</summary>
    Submission,

    /// <summary>One path for submissions and polls; the head of the call decides which it is.</summary>
    Exchange,

    /// <summary>Never forwarded: 404.</summary>
    Blocked,
}
