using OzGateway.Problems;

namespace OzGateway.Attempts;

/// <summary>How much this process may remember.</summary>
internal sealed record AttemptStorePolicy
{
    /// <summary>Users remembered at once. 1000 to 100000000; default 1000000, which take about 60 MiB.</summary>
    public int UserLimit { get; init; } = 1_000_000;

    /// <summary>The policy that the options mean.</summary>
    /// <param name="options">The section <c>store.memory</c> as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static AttemptStorePolicy Create(MemoryStoreOptions options, string path, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        return new AttemptStorePolicy { UserLimit = options.UserLimit ?? 1_000_000 };
    }
}
