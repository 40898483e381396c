using System.Globalization;
using System.Text;

namespace OzGateway.Benchmarks.Compare;

/// <summary>The windows of one case.</summary>
/// <param name="Case">What was called.</param>
/// <param name="Windows">By candidate, in rounds.</param>
/// <param name="Baseline">The candidate that ratios are against.</param>
internal sealed record CaseFigures(CompareCase Case, IReadOnlyDictionary<string, List<WindowFigures>> Windows, string Baseline)
{
    /// <summary>First lines of the table.</summary>
    public const string Header = """
        | case | through | requests/s | CPU µs | CPU ratio (least to most) | allocated | more than plain |
        |---|---|---|---|---|---|---|
        """;

    /// <summary>One line per candidate: medians; ratios are taken within a round, then their median.</summary>
    public string Rows()
    {
        var rows = new StringBuilder();
        foreach (var (name, windows) in Windows)
        {
            var ratios = windows.Zip(Windows[Baseline], static (one, plain) => one.CpuMicroseconds / plain.CpuMicroseconds).ToList();
            rows.Append(CultureInfo.InvariantCulture, $"| {Case.Name} | {name} | {Median(windows.Select(static window => window.PerSecond)):F0} | ");
            rows.AppendLine(windows[0].Spent is null
                ? "– | – | – | – |"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Median(windows.Select(static window => window.CpuMicroseconds)):F1} | {Median(ratios):F3} ({ratios.Min():F2} to {ratios.Max():F2}) | {Median(windows.Select(static window => window.AllocatedBytes)):F0} B | {Median(windows.Zip(Windows[Baseline], static (one, plain) => one.AllocatedBytes - plain.AllocatedBytes)):+0;-0;0} B |"));
        }

        return rows.ToString();
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
