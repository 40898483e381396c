using System.Diagnostics.CodeAnalysis;

namespace OzGateway.Payloads;

/// <summary>
/// Where a value sits in a JSON document: <c>$</c>, <c>$.meta</c>, <c>$['folder:meta_data']</c>, <c>$.payload.meta</c>, <c>$[*].result</c>.
/// Parsed once; names are compared exactly. At most 512 characters and 16 steps.
/// </summary>
public sealed class MemberPath : IEquatable<MemberPath>
{
    private const int MaxTextLength = 512;
    private const int MaxSegments = 16;

    private readonly string _text;

    private MemberPath(string text, PathSegment[] segments)
    {
        _text = text;
        Segments = segments;
    }

    /// <summary>The whole document, <c>$</c>.</summary>
    public static MemberPath Root { get; } = new("$", []);

    /// <summary>The name of the last member, or <see langword="null"/> for <c>$</c> and for <c>[*]</c>.</summary>
    public string? Name => Segments.Length == 0 ? null : Segments[^1].Name;

    /// <summary>Whether the path holds <c>[*]</c>.</summary>
    public bool HasEveryElement => Array.Exists(Segments, static segment => segment.IsEveryElement);

    internal PathSegment[] Segments { get; }

    /// <summary>Parses a path.</summary>
    /// <param name="text">The path as written.</param>
    /// <param name="path">The path, when it is one.</param>
    /// <param name="error">Else what is wrong and what is allowed.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MemberPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        error = Parse(text, out var segments);
        if (error is not null)
        {
            return false;
        }

        path = new MemberPath(text!, [.. segments]);
        return true;
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(MemberPath? other) => other is not null && Segments.AsSpan().SequenceEqual(other.Segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MemberPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var segment in Segments)
        {
            hash.Add(segment);
        }

        return hash.ToHashCode();
    }

    private static string? Parse(string? text, out List<PathSegment> segments)
    {
        segments = [];
        if (string.IsNullOrEmpty(text) || text[0] != '$')
        {
            return "A member path starts with '$', for example '$.meta'.";
        }

        if (text.Length > MaxTextLength)
        {
            return $"A member path has at most {MaxTextLength} characters.";
        }

        var rest = text.AsSpan(1);
        while (!rest.IsEmpty)
        {
            if (!TryReadSegment(ref rest, out var segment))
            {
                return $"After character {text.Length - rest.Length} a step is expected: '.name', '['name']' or '[*]'.";
            }

            segments.Add(segment);
        }

        return segments.Count > MaxSegments ? $"A member path has at most {MaxSegments} steps." : null;
    }

    private static bool TryReadSegment(ref ReadOnlySpan<char> rest, out PathSegment segment)
    {
        segment = default;
        if (rest.StartsWith("[*]"))
        {
            rest = rest[3..];
            return true;
        }

        var (start, length) = rest.StartsWith("['")
            ? (2, rest[2..].IndexOf("']", StringComparison.Ordinal))
            : (1, rest[0] == '.' ? PlainLength(rest[1..]) : 0);
        if (length <= 0 || rest.Slice(start, length).ContainsAnyInRange('\0', '\u001f') || rest.Slice(start, length).ContainsAny('\'', '\\'))
        {
            return false;
        }

        segment = new PathSegment(rest.Slice(start, length).ToString());
        rest = rest[(start + length + (start == 2 ? 2 : 0))..];
        return true;
    }

    private static int PlainLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '_' or '-'))
        {
            length++;
        }

        return length;
    }
}
