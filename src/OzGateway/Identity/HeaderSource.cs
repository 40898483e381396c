using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>A header that a listed proxy sets.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="Proxies">Where the connection must come from. Never empty.</param>
internal sealed record HeaderSource(string Name, TrustedProxies Proxies) : UserKeySource
{
    /// <summary>What the header of a request says. From anyone but a listed proxy it is not there.</summary>
    public IdentifierResult Read(HttpContext context)
    {
        if (!Proxies.Include(context.Connection.RemoteIpAddress))
        {
            return IdentifierResult.Missing;
        }

        // Two values, or a twin spelled with underscores, could be read differently by whoever set the header: the request is refused.
        var spellings = context.Request.Headers.Where(header => IsSpelling(header.Key)).ToList();
        return spellings switch
        {
            [] => IdentifierResult.Missing,
            [var only] when only.Value is [{ Length: > 0 and <= UserKeySource.MaxIdentifierLength } value] && only.Key.Equals(Name, StringComparison.OrdinalIgnoreCase) =>
                IdentifierResult.Of(value),
            _ => IdentifierResult.Refused,
        };
    }

    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static HeaderSource? Create(HeaderSourceOptions options, string path, ConfigurationErrors errors)
    {
        string? name = errors.Require(options.Name, $"{path}.name", "X-User");
        if (name is not null && !TextShapes.IsToken(name))
        {
            errors.Add($"{path}.name", ConfigurationCode.BadText, "is not the name of a header. Write for example 'X-User'.");
        }

        List<string> written = errors.Require(options.TrustedProxies, $"{path}.trusted_proxies", "[\"10.0.0.0/8\"]") ?? [];
        if (options.TrustedProxies is { Count: 0 })
        {
            errors.Add($"{path}.trusted_proxies", ConfigurationCode.OutOfRange, "is empty. Without a listed proxy the header is never believed.");
        }

        TrustedProxies proxies = TrustedProxies.Create(written, $"{path}.trusted_proxies", errors);
        return errors.AnyAt(path) ? null : new HeaderSource(name!, proxies);
    }

    private bool IsSpelling(string name) => name.Replace('_', '-').Equals(Name.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);
}
