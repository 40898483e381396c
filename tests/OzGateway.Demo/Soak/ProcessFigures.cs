using System.Globalization;

namespace OzGateway.Demo.Soak;

/// <summary>What the kernel says of a process.</summary>
/// <param name="processId">Which.</param>
internal sealed class ProcessFigures(int processId)
{
    private const int TicksPerSecond = 100;

    private readonly string _folder = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Resident memory now, in MiB.</summary>
    public double ResidentMib => Number("status", "VmRSS:") / 1024.0;

    /// <summary>Bytes that it caused to be written to a disk.</summary>
    public long DiskBytes => Number("io", "write_bytes:");

    /// <summary>Processor time used so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"{_folder}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    private long Number(string file, string label)
    {
        var line = File.ReadLines($"{_folder}/{file}").First(text => text.StartsWith(label, StringComparison.Ordinal));
        return long.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
