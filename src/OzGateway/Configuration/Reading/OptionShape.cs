using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Configuration.Reading;

/// <summary>What kind of YAML an options type is written as. The reader, the schema and the reference all ask here.</summary>
internal enum OptionKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A duration with a unit.</summary>
    Duration,

    /// <summary>A size with a unit: every <see cref="long"/> of the options.</summary>
    Size,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>An absolute address.</summary>
    Address,

    /// <summary>Where a secret is.</summary>
    Secret,

    /// <summary>A list.</summary>
    List,

    /// <summary>A mapping with free keys, and perhaps some known ones.</summary>
    Map,

    /// <summary>A mapping with known keys.</summary>
    Section,

    /// <summary>A section, or the word <c>none</c>.</summary>
    SectionOrNone,
}

/// <summary>The kind of an options type and the type it is made of.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Type">The type itself, without <see cref="Nullable"/>.</param>
/// <param name="Item">Type of the items of a list, the values of a map, or the section behind <c>none</c>.</param>
internal sealed record OptionShape(OptionKind Kind, Type Type, Type? Item = null)
{
    /// <summary>Keys of a mapping type with their properties.</summary>
    public IReadOnlyDictionary<string, PropertyInfo> Keys { get; } = Type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
        .ToDictionary(OptionRanges.Key);

    /// <summary>Finds the shape of a type.</summary>
    /// <param name="type">Type of an options property.</param>
    public static OptionShape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SectionOptions<>))
        {
            return new OptionShape(OptionKind.SectionOrNone, type, type.GetGenericArguments()[0]);
        }

        if (typeof(IDictionary).IsAssignableFrom(type))
        {
            return new OptionShape(OptionKind.Map, type, type.GetInterface("IDictionary`2")!.GetGenericArguments()[1]);
        }

        if (typeof(IList).IsAssignableFrom(type))
        {
            return new OptionShape(OptionKind.List, type, type.GetGenericArguments()[0]);
        }

        return new OptionShape(KindOf(type), type);
    }

    /// <summary>The words of an enum as they are written.</summary>
    /// <param name="type">The enum.</param>
    public static IReadOnlyDictionary<string, object> Words(Type type) => Enum.GetValues(type).Cast<object>()
        .ToDictionary(Word);

    /// <summary>A value of an enum as it is written.</summary>
    /// <param name="value">The value.</param>
    public static string Word(object value) =>
        value.GetType().GetField(value.ToString()!)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);

    private static OptionKind KindOf(Type type) =>
        type == typeof(string) ? OptionKind.Text
        : type == typeof(bool) ? OptionKind.Boolean
        : type == typeof(int) ? OptionKind.Number
        : type == typeof(long) ? OptionKind.Size
        : type == typeof(TimeSpan) ? OptionKind.Duration
        : type == typeof(Uri) ? OptionKind.Address
        : type == typeof(SecretOptions) ? OptionKind.Secret
        : type.IsEnum ? OptionKind.Word
        : OptionKind.Section;
}
