using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>A Content-Type, read strictly: one type, each parameter once, quotes that close.</summary>
public sealed record MediaType
{
    private const int MaxHeaderLength = 1024;
    private const int MaxBoundaryLength = 70;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> BoundaryCharacters =
        SearchValues.Create("'()+_,-./:=? 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private MediaType(string type) => Type = type;

    /// <summary>Type and subtype in lower case, for example <c>application/json</c>.</summary>
    public string Type { get; }

    /// <summary>The charset as written, or <see langword="null"/>.</summary>
    public string? Charset { get; private set; }

    /// <summary>The multipart boundary (RFC 2046 characters, 1 to 70 of them), or <see langword="null"/>.</summary>
    public string? Boundary { get; private set; }

    /// <summary>Why a body of this type cannot be read although the header is well formed: an unsupported charset, or multipart without a boundary. Else <see langword="null"/>.</summary>
    public PayloadFault? Fault =>
        Charset is not null && !IsReadable(Charset) ? PayloadFault.UnsupportedCharset :
        Type == "multipart/form-data" && Boundary is null ? PayloadFault.MalformedMultipart : null;

    /// <summary>How a body of this type is read, or <see langword="null"/> when it is of no known kind or has a <see cref="Fault"/>.</summary>
    public PayloadKind? Kind => Fault is not null ? null : Type switch
    {
        _ when IsJson => PayloadKind.Json,
        "multipart/form-data" => PayloadKind.Multipart,
        "application/x-www-form-urlencoded" => PayloadKind.Form,
        "application/octet-stream" => PayloadKind.Opaque,
        _ => null,
    };

    // Most calls have this one.
    private static MediaType PlainJson { get; } = new("application/json");

    internal bool IsJson => Type is "application/json" or "text/json" || Type.EndsWith("+json", StringComparison.Ordinal);

    internal bool IsText => Type.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>Reads a Content-Type header value.</summary>
    /// <param name="header">The one value of the header; several joined by a comma are refused.</param>
    /// <param name="mediaType">The media type, when the value is one.</param>
    /// <returns><see langword="false"/> for a missing value, bad syntax, a parameter that occurs twice or an invalid boundary.</returns>
    public static bool TryParse(string? header, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = header == PlainJson.Type ? PlainJson : null;
        if (mediaType is not null)
        {
            return true;
        }

        if (header is null || header.Length > MaxHeaderLength)
        {
            return false;
        }

        var rest = header.AsSpan().Trim(" \t");
        if (!TryReadType(ref rest, out var type))
        {
            return false;
        }

        var candidate = new MediaType(type);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (!rest.IsEmpty)
        {
            if (!TryReadParameter(ref rest, out var name, out var value) || !names.Add(name) || !candidate.TryTake(name, value))
            {
                return false;
            }
        }

        mediaType = candidate;
        return true;
    }

    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>Reads <c>; name=value</c> or <c>; name="value"</c>. A backslash in a quoted value is refused: some readers take it as an escape, some do not.</summary>
    internal static bool TryReadParameter(ref ReadOnlySpan<char> rest, out string name, out string value)
    {
        name = value = "";
        rest = rest.TrimStart(" \t");
        if (rest.IsEmpty || rest[0] != ';')
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t");
        var equals = rest.IndexOf('=');
        if (equals < 0 || !IsToken(rest[..equals]))
        {
            return false;
        }

        name = rest[..equals].ToString();
        rest = rest[(equals + 1)..];
        return !rest.IsEmpty && rest[0] == '"' ? TryReadQuoted(ref rest, out value) : TryReadPlain(ref rest, out value);
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        var end = rest[1..].IndexOf('"');
        if (end < 0 || rest.Slice(1, end).Contains('\\') || rest.Slice(1, end).ContainsAnyInRange('\0', '\u001f') || rest.Slice(1, end).Contains('\u007f'))
        {
            return false;
        }

        value = rest.Slice(1, end).ToString();
        rest = rest[(end + 2)..].TrimStart(" \t");
        return true;
    }

    private static bool TryReadPlain(ref ReadOnlySpan<char> rest, out string value)
    {
        var end = rest.IndexOfAnyExcept(TokenCharacters);
        value = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[end..].TrimStart(" \t");
        return value.Length > 0;
    }

    private static bool TryReadType(ref ReadOnlySpan<char> rest, out string type)
    {
        var end = rest.IndexOf(';');
        var text = (end < 0 ? rest : rest[..end]).TrimEnd(" \t");
        rest = end < 0 ? [] : rest[end..];
        var slash = text.IndexOf('/');
        type = text.ToString().ToLowerInvariant();
        return slash > 0 && IsToken(text[..slash]) && IsToken(text[(slash + 1)..]);
    }

    /// <summary>Whether a charset is read here.</summary>
    internal static bool IsReadable(ReadOnlySpan<byte> charset) => IsReadable(Encoding.Latin1.GetString(charset));

    private static bool IsReadable(string charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private bool TryTake(string name, string value)
    {
        if (name.Equals("charset", StringComparison.OrdinalIgnoreCase))
        {
            Charset = value;
        }
        else if (name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
        {
            Boundary = value;
            return IsBoundary(value);
        }

        return true;
    }

    internal static bool IsBoundary(string value) =>
        value.Length is > 0 and <= MaxBoundaryLength && value[^1] != ' ' && !value.AsSpan().ContainsAnyExcept(BoundaryCharacters);
}
