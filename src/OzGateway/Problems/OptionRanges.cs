using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace OzGateway.Problems;

/// <summary>The ranges that options state with <see cref="RangeAttribute"/>, written as an operator would: <c>1s</c> to <c>30d</c>. Said once; checked by the policies, printed by errors, schema and reference.</summary>
internal static class OptionRanges
{
    /// <summary>Adds an error for each property of the options that is out of its range.</summary>
    /// <param name="options">Options as written.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="errors">Where errors go.</param>
    public static void Check(object options, string path, ConfigurationErrors errors)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && property.GetValue(options) is { } value
                && (Compare(value, range.Minimum) < 0 || Compare(value, range.Maximum) > 0))
            {
                errors.Add(path.Length == 0 ? Key(property) : $"{path}.{Key(property)}", ConfigurationCode.OutOfRange, $"is {Print(value)}. Allowed: {Print(range)}.");
            }
        }
    }

    /// <summary>The key of a property in YAML.</summary>
    /// <param name="property">The property.</param>
    public static string Key(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>A range as it is written.</summary>
    /// <param name="range">The range.</param>
    public static string Print(RangeAttribute range) => range.Minimum.Equals(range.Maximum) ? $"{range.Minimum}" : $"{range.Minimum} to {range.Maximum}";

    private static int Compare(object value, object bound) => value switch
    {
        int number => number.CompareTo((int)bound),
        long size => size.CompareTo(UnitText.ParseSize((string)bound)),
        TimeSpan duration => duration.CompareTo(UnitText.ParseDuration((string)bound)),
        _ => throw new InvalidOperationException($"A range cannot stand on a {value.GetType().Name}."),
    };

    private static string Print(object value) => value switch
    {
        long size => UnitText.Print(size),
        TimeSpan duration => UnitText.Print(duration),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };
}
