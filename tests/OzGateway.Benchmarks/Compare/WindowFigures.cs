namespace OzGateway.Benchmarks.Compare;

/// <summary>What one window cost.</summary>
/// <param name="Requests">Calls in it.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Spent">What the proxy spent; null where there is none.</param>
internal sealed record WindowFigures(int Requests, TimeSpan Elapsed, Mark? Spent)
{
    /// <summary>Calls per second.</summary>
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    /// <summary>Microseconds of processor time of the proxy per call.</summary>
    public double CpuMicroseconds => Spent is { } spent ? spent.Cpu.TotalMicroseconds / Requests : double.NaN;

    /// <summary>Bytes that the proxy allocated per call.</summary>
    public double AllocatedBytes => Spent is { } spent ? (double)spent.AllocatedBytes / Requests : double.NaN;
}
