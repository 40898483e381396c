namespace OzGateway.Benchmarks.Compare;

/// <summary>What is compared, and how often.</summary>
internal sealed record CompareOptions
{
    /// <summary>Names of cases; all where empty.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>Measured rounds; each runs every candidate once, in random order.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Unmeasured rounds before those, for the just-in-time compiler.</summary>
    public int WarmUps { get; init; } = 6;

    /// <summary>Calls in a window; null for the case's own.</summary>
    public int? Requests { get; init; }

    /// <summary>Programs that are the gateway, as <c>name=path</c> of a .dll or an executable; the one beside this program where empty.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    /// <summary>Variables, as <c>candidate:NAME=value</c>, or <c>*:NAME=value</c> for all proxies.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>A file of YAML to append to the gateways' configuration.</summary>
    public FileInfo? Append { get; init; }

    /// <summary>How users are named.</summary>
    public UserSource Users { get; init; }

    /// <summary>Load and adapter on processor 0, the proxies on processor 1.</summary>
    public bool Pin { get; init; } = true;

    /// <summary>Print every window as it ends.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>The variables of a candidate.</summary>
    public Dictionary<string, string> EnvironmentOf(string candidate)
    {
        var variables = new Dictionary<string, string>();
        foreach (var text in Environment)
        {
            if (text.Split(':', 2) is not [var name, var assignment] || assignment.Split('=', 2) is not [var variable, var value])
            {
                throw new CompareException($"--env '{text}' is not of the form candidate:NAME=value.");
            }

            if (name == "*" || name == candidate)
            {
                variables[variable] = value;
            }
        }

        return variables;
    }
}
