using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OzGateway.Problems;

namespace OzGateway.Configuration.Reading;

/// <summary>Turns a single value into what its key needs: units are demanded, words are checked, nothing is guessed.</summary>
/// <param name="errors">Where errors go.</param>
internal sealed class ScalarReader(ConfigurationErrors errors)
{
    /// <summary>Reads one value; null where it is wrong, which is then among the errors.</summary>
    /// <param name="scalar">The value.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="shape">What is needed.</param>
    /// <param name="range">The range, for the hint.</param>
    public object? Read(YamlScalar scalar, string path, OptionShape shape, RangeAttribute? range) => shape.Kind switch
    {
        OptionKind.Text => scalar.Text,
        OptionKind.Boolean => ReadBoolean(scalar, path),
        OptionKind.Number => ReadNumber(scalar, path, range),
        OptionKind.Duration => ReadDuration(scalar, path, range),
        OptionKind.Size => ReadSize(scalar, path, range),
        OptionKind.Word => ReadWord(scalar, path, shape.Type),
        OptionKind.Address => ReadAddress(scalar, path),
        _ => throw new InvalidOperationException($"'{shape.Kind}' is no single value."),
    };

    private object? ReadBoolean(YamlScalar scalar, string path)
    {
        if (scalar is { IsPlain: true, Text: "true" or "false" })
        {
            return scalar.Text == "true";
        }

        string word = scalar.Text.ToLowerInvariant() switch { "yes" or "on" or "y" or "true" => " Did you mean true?", "no" or "off" or "n" or "false" => " Did you mean false?", _ => "" };
        return Refuse(path, ConfigurationCode.NotBoolean, $"is {YamlPath.Quote(scalar.Text)}.{word} Allowed: true, false, without quotes.");
    }

    private object? ReadNumber(YamlScalar scalar, string path, RangeAttribute? range)
    {
        if (scalar.IsPlain && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        return Refuse(path, ConfigurationCode.NotNumber, $"is {YamlPath.Quote(scalar.Text)}, which is not a whole number. Write digits without quotes{Hint(range)}.");
    }

    private object? ReadDuration(YamlScalar scalar, string path, RangeAttribute? range)
    {
        if (UnitText.ParseDuration(scalar.Text) is { } duration)
        {
            return duration;
        }

        string wrong = IsDigits(scalar.Text) ? "has no unit" : "is not a duration";
        string example = IsDigits(scalar.Text) ? scalar.Text + "m" : "10m";
        return Refuse(path, ConfigurationCode.NotDuration, $"is {YamlPath.Quote(scalar.Text)}, which {wrong}. Write for example '{example}'{Hint(range)}. Units: ms, s, m, h, d.");
    }

    private object? ReadSize(YamlScalar scalar, string path, RangeAttribute? range)
    {
        if (UnitText.ParseSize(scalar.Text) is { } size)
        {
            return size;
        }

        string wrong = IsDigits(scalar.Text) ? "has no unit" : "is not a size";
        return Refuse(path, ConfigurationCode.NotSize, $"is {YamlPath.Quote(scalar.Text)}, which {wrong}. Write for example '4MiB'{Hint(range)}. Units: B, KiB, MiB, GiB.");
    }

    private object? ReadWord(YamlScalar scalar, string path, Type type)
    {
        IReadOnlyDictionary<string, object> words = OptionShape.Words(type);
        if (words.TryGetValue(scalar.Text, out object? value))
        {
            return value;
        }

        return Refuse(path, ConfigurationCode.UnknownWord, $"is {YamlPath.Quote(scalar.Text)}.{Suggestion.Sentence(scalar.Text, words.Keys)} Allowed: {string.Join(", ", words.Keys)}.");
    }

    private object? ReadAddress(YamlScalar scalar, string path)
    {
        if (Uri.TryCreate(scalar.Text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Fragment.Length == 0)
        {
            return address;
        }

        // An address with an @ may hold a password: it is not repeated.
        string shown = scalar.Text.Contains('@', StringComparison.Ordinal) ? "is" : $"is {YamlPath.Quote(scalar.Text)}, which is";
        return Refuse(path, ConfigurationCode.BadAddress, $"{shown} not an address here. Write for example 'https://host:8443' (http or https, no user name, no fragment).");
    }

    private object? Refuse(string path, ConfigurationCode code, string message)
    {
        errors.Add(path, code, message);
        return null;
    }

    private static bool IsDigits(string text) => text.Length is > 0 and <= 9 && text.All(char.IsAsciiDigit);

    private static string Hint(RangeAttribute? range) => range is null ? "" : $" ({OptionRanges.Print(range)})";
}
