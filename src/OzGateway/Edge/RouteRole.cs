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

/// <summary>Which policies a role gives.</summary>
internal static class RouteRoleRules
{
    /// <summary>Submissions pass here: attempts and transactions.</summary>
    public static bool IsSubmitted(this RouteRole role) => role is RouteRole.Submission or RouteRole.Exchange;

    /// <summary>Results pass here: answers are projected.</summary>
    public static bool IsProjected(this RouteRole role) => role is RouteRole.Result or RouteRole.Submission or RouteRole.Exchange;

    /// <summary>Calls belong to a user.</summary>
    public static bool IsUsers(this RouteRole role) => role.IsProjected() || role is RouteRole.Session;
}
