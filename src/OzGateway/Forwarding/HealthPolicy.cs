using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>How an adapter that is down is told.</summary>
/// <param name="Passive">From calls. Default true.</param>
/// <param name="Probe">From probes; null where there are none, which is the default.</param>
internal sealed record HealthPolicy(bool Passive, ProbePolicy? Probe)
{
    /// <summary>The policy that the options mean. Where they are in error, that has been said.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static HealthPolicy Create(UpstreamHealthOptions options, string path, ConfigurationErrors errors) =>
        new(options.Passive ?? true, options.Active is { } active ? ProbePolicy.Create(active, $"{path}.active", errors) : null);
}

/// <summary>How an adapter is probed.</summary>
/// <param name="Path">Path that is read.</param>
/// <param name="Interval">Time between two probes. Default 10s.</param>
/// <param name="Timeout">Time for one. Default 5s.</param>
internal sealed record ProbePolicy(string Path, TimeSpan Interval, TimeSpan Timeout)
{
    /// <summary>The policy that the options mean. Where they are in error, that has been said.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static ProbePolicy Create(ActiveHealthOptions options, string path, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        if (errors.Require(options.Path, $"{path}.path", "/script.php") is { } written && !PathShapes.IsFile(written))
        {
            errors.Add($"{path}.path", ConfigurationCode.BadPath, "is not a plain path. Write for example '/script.php'.");
        }

        return new ProbePolicy(options.Path ?? "", options.Interval ?? TimeSpan.FromSeconds(10), options.Timeout ?? TimeSpan.FromSeconds(5));
    }
}
