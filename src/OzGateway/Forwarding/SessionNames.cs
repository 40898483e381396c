using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>Names by which the adapter's own session travels, both ways.</summary>
/// <param name="Cookies">Cookies. Default: none.</param>
/// <param name="Headers">Headers. Default: none.</param>
internal sealed record SessionNames(FrozenSet<string> Cookies, FrozenSet<string> Headers)
{
    // What frames a message, names a host, carries credentials or says where a call came from is set by the gateway alone.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Cookie", "Expect", "Forwarded", "Host", "Keep-Alive", "Proxy-Authorization",
        "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Forensic-Access-Token", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Proto",
        "X-Real-IP", "Via", "traceparent", "tracestate", "baggage", "Accept-Encoding", "Range", "If-Range", "Origin", "X-Forwarded-Port", "X-Forwarded-Server", "X-Client-IP", "True-Client-IP",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL", "OzGateway-User", "OzGateway-Transaction-Id",
    };

    private static readonly string[] OwnCookies = ["ozgateway-", "__Host-ozgateway-"];

    /// <summary>The names that the options mean. Where they are in error, that has been said.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static SessionNames Create(UpstreamSessionOptions options, string path, ConfigurationErrors errors)
    {
        Check(options.Cookies, $"{path}.cookies", (IsOwnCookie, "which is the gateway's own. A cookie of the adapter's session has a name of its own."), errors);
        Check(options.Headers, $"{path}.headers", (IsOwnHeader, "which the gateway sets itself. A header of the adapter's session has a name of its own."), errors);
        return new SessionNames((options.Cookies ?? []).ToFrozenSet(StringComparer.Ordinal), (options.Headers ?? []).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether a header is set by the gateway alone.</summary>
    public static bool IsOwnHeader(string name) => OwnHeaders.Contains(name);

    private static bool IsOwnCookie(string name) => Array.Exists(OwnCookies, own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase));

    private static void Check(List<string>? names, string path, (Predicate<string> IsOwn, string Complaint) rule, ConfigurationErrors errors)
    {
        errors.CheckTokens(names, path);
        for (int index = 0; index < names?.Count; index++)
        {
            if (rule.IsOwn(names[index]))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadText, $"is '{names[index]}', {rule.Complaint}");
            }
        }
    }
}
