namespace OzGateway.Benchmarks.Compare;

/// <summary>A way from the browser to the adapter.</summary>
internal sealed class Candidate : IDisposable
{
    /// <summary>As it stands in the table.</summary>
    public required string Name { get; init; }

    /// <summary>Where it takes calls.</summary>
    public required int Port { get; init; }

    /// <summary>The proxy; null where there is none.</summary>
    public MeasuredProcess? Process { get; init; }

    /// <summary>It rewrites submissions and projects answers.</summary>
    public bool IsGateway { get; init; }

    /// <summary>What its users send.</summary>
    public required Calls Calls { get; init; }

    public void Dispose() => Process?.Dispose();
}
