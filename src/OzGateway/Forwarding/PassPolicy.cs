using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>What of a request passes to the adapter besides what the role of its route lets through.</summary>
/// <param name="Headers">Further headers.</param>
/// <param name="Query">Keys of the query that alone pass, or null: all but those of the gateway.</param>
internal sealed record PassPolicy(FrozenSet<string> Headers, FrozenSet<string>? Query)
{
    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static PassPolicy? Create(PassOptions options, string path, ConfigurationErrors errors)
    {
        errors.CheckTokens(options.Headers, $"{path}.headers");
        for (int index = 0; index < options.Headers?.Count; index++)
        {
            // A name with an underscore is, to many servers, the same as the one with a hyphen.
            if (SessionNames.IsOwnHeader(options.Headers[index].Replace('_', '-')))
            {
                errors.Add($"{path}.headers[{index}]", ConfigurationCode.BadText, $"is '{options.Headers[index]}', which the gateway sets itself or which carries a credential. A credential for the adapter stands under dangerous_credentials.");
            }
        }

        errors.CheckPlain(options.Query, $"{path}.query");
        if (options.DangerousCredentials is { Count: > 0 })
        {
            errors.Warn($"{path}.dangerous_credentials", ConfigurationCode.Dangerous, "lets credentials of the page pass to the adapter: whoever holds the page holds them.");
        }

        return errors.AnyAt(path) ? null : new PassPolicy(
            (options.Headers ?? []).Concat((options.DangerousCredentials ?? []).Select(Name)).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            options.Query?.ToFrozenSet(StringComparer.Ordinal));
    }

    private static string Name(CredentialHeader header) => header switch
    {
        CredentialHeader.Authorization => "Authorization",
        CredentialHeader.XForensicAccessToken => "X-Forensic-Access-Token",
        _ => throw new InvalidOperationException($"'{header}' is no header."),
    };
}
