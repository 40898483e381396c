using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Problems;

/// <summary>Durations and sizes as an operator writes them: <c>10m</c>, <c>4MiB</c>.</summary>
internal static partial class UnitText
{
    /// <summary>Pattern of a duration.</summary>
    public const string DurationPattern = "^[0-9]{1,9}(ms|s|m|h|d)$";

    /// <summary>Pattern of a size.</summary>
    public const string SizePattern = "^[0-9]{1,9}(B|KiB|MiB|GiB)$";

    private static readonly (string Unit, TimeSpan Length)[] Durations =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    private static readonly (string Unit, long Bytes)[] Sizes = [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1L)];

    /// <summary>Reads a duration with a unit.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (!DurationShape().IsMatch(text))
        {
            return null;
        }

        (string unit, TimeSpan length) = Array.Find(Durations, entry => entry.Unit == text.TrimStart("0123456789".ToCharArray()));
        return long.Parse(text[..^unit.Length], CultureInfo.InvariantCulture) * length;
    }

    /// <summary>Reads a size with a unit, in bytes.</summary>
    public static long? ParseSize(string text)
    {
        if (!SizeShape().IsMatch(text))
        {
            return null;
        }

        (string unit, long bytes) = Array.Find(Sizes, entry => entry.Unit == text.TrimStart("0123456789".ToCharArray()));
        return long.Parse(text[..^unit.Length], CultureInfo.InvariantCulture) * bytes;
    }

    /// <summary>Writes a duration in the largest unit that holds it exactly.</summary>
    public static string Print(TimeSpan value)
    {
        (string unit, TimeSpan length) = Array.Find(Durations, entry => value.Ticks % entry.Length.Ticks == 0 && (value != TimeSpan.Zero || entry.Unit == "s"));
        return string.Create(CultureInfo.InvariantCulture, $"{value / length}{unit}");
    }

    /// <summary>Writes a size in the largest unit that holds it exactly.</summary>
    public static string Print(long bytes)
    {
        (string unit, long size) = Array.Find(Sizes, entry => bytes % entry.Bytes == 0 && (bytes != 0 || entry.Unit == "B"));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
    }

    [GeneratedRegex(DurationPattern)]
    private static partial Regex DurationShape();

    [GeneratedRegex(SizePattern)]
    private static partial Regex SizeShape();
}
