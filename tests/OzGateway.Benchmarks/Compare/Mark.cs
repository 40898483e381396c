using System.Globalization;

namespace OzGateway.Benchmarks.Compare;

/// <summary>Counters of a process at one moment.</summary>
/// <param name="Cpu">User and system time of all its threads, by the kernel's accounting.</param>
/// <param name="AllocatedBytes">All that was ever allocated on its managed heap.</param>
/// <param name="Collections">How often the heap was collected.</param>
internal readonly record struct Mark(TimeSpan Cpu, long AllocatedBytes, int Collections)
{
    /// <summary>What happened between two marks.</summary>
    public static Mark operator -(Mark later, Mark earlier) =>
        new(later.Cpu - earlier.Cpu, later.AllocatedBytes - earlier.AllocatedBytes, later.Collections - earlier.Collections);

    /// <summary>Reads an answer of the startup hook.</summary>
    public static Mark Parse(string line)
    {
        var words = line.Split(' ');
        return new Mark(
            new TimeSpan(long.Parse(words[1], CultureInfo.InvariantCulture) + long.Parse(words[2], CultureInfo.InvariantCulture)),
            long.Parse(words[3], CultureInfo.InvariantCulture),
            int.Parse(words[4], CultureInfo.InvariantCulture));
    }
}
