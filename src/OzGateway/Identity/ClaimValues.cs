using System.Text;

namespace OzGateway.Identity;

/// <summary>Values of claims of a verified token that go into metadata; nowhere else, and never printed.</summary>
internal sealed class ClaimValues
{
    private const int MaxLength = 256;

    private readonly IReadOnlyDictionary<string, string> _values;

    private ClaimValues(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>No claim.</summary>
    public static ClaimValues None { get; } = new(new Dictionary<string, string>());

    /// <summary>The named claims that are text of 1 to 256 characters, none of them a control character; null where none is named.</summary>
    /// <param name="names">The claims that are wanted.</param>
    /// <param name="claims">The claims of a token.</param>
    public static ClaimValues? Of(IReadOnlyList<string> names, IDictionary<string, object> claims) =>
        names.Count == 0 ? null : new(names.Where(name => claims.TryGetValue(name, out var value) && IsUsable(value)).ToDictionary(name => name, name => (string)claims[name], StringComparer.Ordinal));

    /// <summary>The value of a claim, or null.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <inheritdoc />
    public override string ToString() => "[claims]";

    private static bool IsUsable(object value) =>
        value is string { Length: > 0 and <= MaxLength } text && !text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar);
}
