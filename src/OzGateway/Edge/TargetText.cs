using System.Buffers;
using System.Text.Unicode;

namespace OzGateway.Edge;

/// <summary>Judges a target as it was sent. Nothing is decoded or repaired: what is matched is, byte for byte, what is forwarded.</summary>
internal static class TargetText
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // No % at all: without escapes every reader of a path sees the same one. No ; either: to some it begins a parameter.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(LettersAndDigits + "-._~!$&'()*+,=:@/");

    // What browsers leave in a query as it is, without what some readers take for an end (#), a separator (;) or a slash (\).
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(LettersAndDigits + "-._~!$&'()*+,=:@/?%[]{}|^`");

    /// <summary>Why the target is refused; null where it is plain.</summary>
    /// <param name="target">As it stands in the request line, or in <c>:path</c>.</param>
    public static EdgeRefusal? Refuse(string target)
    {
        if (!target.StartsWith('/'))
        {
            return EdgeRefusal.TargetForm;
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target.AsSpan() : target.AsSpan(0, question);
        var query = question < 0 ? [] : target.AsSpan(question + 1);
        return !IsPlainPath(path) ? EdgeRefusal.Path
            : !IsPlainQuery(query) ? EdgeRefusal.Query
            : null;
    }

    private static bool IsPlainPath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(PathCharacters) || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in path.Split('/'))
        {
            // "." and ".." climb; some file systems drop dots and blanks at the end of a name, so "..." and "a." are no names either.
            if (path[range].EndsWith('.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainQuery(ReadOnlySpan<char> query)
    {
        if (query.ContainsAnyExcept(QueryCharacters))
        {
            return false;
        }

        // Well-formed escapes of well-formed UTF-8, and no control character among them.
        Span<byte> decoded = query.Length <= 1024 ? stackalloc byte[query.Length] : new byte[query.Length];
        var length = 0;
        for (var index = 0; index < query.Length; index++)
        {
            var value = query[index] == '%' ? Escape(query[index..]) : query[index];
            if (value is < 0x20 or 0x7f)
            {
                return false;
            }

            index += query[index] == '%' ? 2 : 0;
            decoded[length++] = (byte)value;
        }

        return Utf8.IsValid(decoded[..length]);
    }

    private static int Escape(ReadOnlySpan<char> text) =>
        text.Length >= 3 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]) ? Convert.FromHexString(text[1..3])[0] : -1;
}
