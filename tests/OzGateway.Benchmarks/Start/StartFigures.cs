using System.Diagnostics;
using System.Globalization;
using OzGateway.Benchmarks.Compare;

namespace OzGateway.Benchmarks.Start;

/// <summary>What one start cost.</summary>
/// <param name="FirstAnswer">From the start of the process to the last byte of its first answer from the adapter.</param>
/// <param name="ResidentMib">Resident memory two seconds later.</param>
/// <param name="ProportionalMib">The same, with pages that other processes share divided among them.</param>
/// <param name="Cpu">Processor time until then.</param>
internal sealed record StartFigures(TimeSpan FirstAnswer, double ResidentMib, double ProportionalMib, TimeSpan Cpu)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>Starts a program and ends it.</summary>
    public static StartFigures Measure(ProgramStart program)
    {
        var watch = Stopwatch.StartNew();
        using var process = MeasuredProcess.Start(program);
        using (var connection = new LoadConnection(process.Port))
        {
            connection.Call("GET /plugin_liveness.php HTTP/1.1\r\nHost: bank.example\r\n\r\n"u8.ToArray(), null, "script"u8.ToArray());
        }

        watch.Stop();
        Thread.Sleep(Rest);
        var memory = File.ReadAllLines($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/smaps_rollup");
        using var started = Process.GetProcessById(process.Id);
        return new StartFigures(watch.Elapsed, Mib(memory, "Rss:"), Mib(memory, "Pss:"), started.TotalProcessorTime);
    }

    private static double Mib(string[] lines, string name) =>
        double.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
