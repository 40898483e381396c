using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Which pages may call, and what browsers are told about our answers.</summary>
internal sealed record BrowserPolicy
{
    /// <summary>Request header by which a page's own script proves that it made the call: no form and no foreign page can send it.</summary>
    public const string PageHeader = "OzGateway-Request";

    private static readonly string[] KnownHeaders = ["esid", "traceparent", "content-type", "authorization", PageHeader];

    /// <summary>Exact origins of pages that may call from elsewhere. Default none.</summary>
    public required FrozenSet<string> Origins { get; init; }

    /// <summary>Value of Access-Control-Allow-Headers.</summary>
    public required string AllowedHeaders { get; init; }

    /// <summary>Whether pages of these origins may call with cookies. Default false.</summary>
    public required bool AllowsCredentials { get; init; }

    /// <summary>How long the answer to a preflight may be remembered. 0s to 24h; default 10m.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Value of Strict-Transport-Security, or null: not sent.</summary>
    public string? StrictTransportSecurity { get; init; }

    /// <summary>What is told about the page that shows the plugin, or null.</summary>
    public PagePolicy? Page { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="staticRoutes">Ids of the static routes.</param>
    /// <param name="errors">Where errors go.</param>
    public static BrowserPolicy? Create(BrowserOptions options, string path, IReadOnlyCollection<string> staticRoutes, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        errors.CheckOrigins(options.Origins, $"{path}.origins");
        errors.CheckTokens(options.Headers, $"{path}.headers");
        if (options.Credentials is true && options.Origins is not { Count: > 0 })
        {
            errors.Add($"{path}.credentials", ConfigurationCode.Contradiction, "is true, but no origin is listed. Write for example 'origins: [\"https://bank.example\"]'.");
        }

        PagePolicy? page = options.Page is null ? null : PagePolicy.Create(options.Page, $"{path}.page", staticRoutes, errors);
        return errors.AnyAt(path) ? null : new BrowserPolicy
        {
            Origins = (options.Origins ?? []).ToFrozenSet(StringComparer.Ordinal),
            AllowedHeaders = string.Join(", ", KnownHeaders.Concat(options.Headers ?? []).Distinct(StringComparer.OrdinalIgnoreCase)),
            AllowsCredentials = options.Credentials ?? false,
            MaxAge = options.MaxAge ?? TimeSpan.FromMinutes(10),
            StrictTransportSecurity = options.Hsts is { } hsts ? $"max-age={(long)hsts.TotalSeconds}" : null,
            Page = page,
        };
    }
}

/// <summary>Endpoint metadata: an endpoint of our own, which takes a call that changes something from a page's script only.</summary>
internal sealed record ForPageScripts;
