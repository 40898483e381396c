using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>How calls of one session stay on one of several adapters.</summary>
internal sealed record AffinityPolicy
{
    /// <summary>What a session is told by. Default cookie with several destinations, none with one.</summary>
    public required AffinityKind By { get; init; }

    /// <summary>Name of the header, query key or cookie; empty where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>Segment of the path, from 1; 0 where there is none.</summary>
    public required int Segment { get; init; }

    /// <summary>The cookie may travel over plain http. Default false.</summary>
    public required bool DangerousPlainHttpCookie { get; init; }

    /// <summary>The policy that the options mean. Where they are in error, that has been said.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="upstream">Key of the upstream.</param>
    /// <param name="destinations">How many adapters there are.</param>
    /// <param name="errors">Where errors go.</param>
    public static AffinityPolicy Create(UpstreamAffinityOptions options, string upstream, int destinations, ConfigurationErrors errors)
    {
        string path = $"upstreams.{upstream}.affinity";
        OptionRanges.Check(options, path, errors);
        AffinityKind by = options.By ?? (destinations > 1 ? AffinityKind.Cookie : AffinityKind.None);
        bool isNamed = by is AffinityKind.Header or AffinityKind.Query;
        bool plainHttp = options.DangerousPlainHttpCookie ?? false;
        CheckBelongs(options.Name, isNamed, $"{path}.name", "header or query", errors);
        CheckBelongs(options.Segment, by == AffinityKind.Path, $"{path}.segment", "path", errors);
        CheckBelongs(options.DangerousPlainHttpCookie, by == AffinityKind.Cookie, $"{path}.dangerous_plain_http_cookie", "cookie", errors);
        if (isNamed && errors.Require(options.Name, $"{path}.name", "esid") is { } name && !TextShapes.IsToken(name))
        {
            errors.Add($"{path}.name", ConfigurationCode.BadText, "is not the name of a header or a query key: letters, digits and hyphens.");
        }

        if (by == AffinityKind.Path)
        {
            errors.Require(options.Segment, $"{path}.segment", "1");
        }

        if (plainHttp)
        {
            errors.Warn($"{path}.dangerous_plain_http_cookie", ConfigurationCode.Dangerous, "lets the cookie travel over plain http, where anyone on the way can take it.");
        }

        return new AffinityPolicy
        {
            By = by,
            Name = by == AffinityKind.Cookie ? $"{(plainHttp ? "" : "__Host-")}ozgateway-affinity-{upstream}" : options.Name ?? "",
            Segment = options.Segment ?? 0,
            DangerousPlainHttpCookie = plainHttp,
        };
    }

    private static void CheckBelongs(object? written, bool belongs, string path, string kinds, ConfigurationErrors errors)
    {
        if (written is not null && !belongs)
        {
            errors.Add(path, ConfigurationCode.Contradiction, $"has no place here: it belongs to affinity by {kinds}. Take it away.");
        }
    }
}
