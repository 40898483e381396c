using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace OzGateway.Edge;

/// <summary>
/// What routing matched, read as strictly as the adapter reads it. Routing ignores case and a slash at the end; a file system does not,
/// and what was judged here under one name must not be another file there.
/// </summary>
internal static partial class RoutedPath
{
    // Directories of the adapter itself, which no wildcard opens.
    private static readonly HashSet<string> OwnDirectories = new(StringComparer.OrdinalIgnoreCase) { "core", "logs" };

    /// <summary>Why a path is not served although it was matched; null where it is.</summary>
    /// <param name="pattern">The pattern that matched.</param>
    /// <param name="values">What its parameters hold.</param>
    /// <param name="path">The path as it was sent.</param>
    /// <param name="isFile">Whether the route serves files.</param>
    public static EdgeRefusal? Refuse(RoutePattern pattern, RouteValueDictionary values, string path, bool isFile)
    {
        if (!IsSpelled(pattern, values, path))
        {
            return EdgeRefusal.Spelling;
        }

        for (var index = 0; index < pattern.Parameters.Count; index++)
        {
            if (IsHidden(values[pattern.Parameters[index].Name] as string ?? "", isFile))
            {
                return EdgeRefusal.HiddenFile;
            }
        }

        return IsOwnDirectory(pattern, values) ? EdgeRefusal.HiddenFile : null;
    }

    private static bool IsSpelled(RoutePattern pattern, RouteValueDictionary values, ReadOnlySpan<char> path)
    {
        for (var index = 0; index < pattern.PathSegments.Count; index++)
        {
            if (!TryTake(ref path, "/"))
            {
                return false;
            }

            var parts = pattern.PathSegments[index].Parts;
            for (var part = 0; part < parts.Count; part++)
            {
                if (!TryTake(ref path, Text(parts[part], values)))
                {
                    return false;
                }
            }
        }

        return path.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<char> path, string text)
    {
        var stands = path.StartsWith(text, StringComparison.Ordinal);
        path = stands ? path[text.Length..] : path;
        return stands;
    }

    private static string Text(RoutePatternPart part, RouteValueDictionary values) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => values[parameter.Name] as string ?? "",
        _ => throw new InvalidOperationException($"'{part.PartKind}' is no known part of a path pattern."),
    };

    private static bool IsHidden(string captured, bool isFile)
    {
        foreach (var range in captured.AsSpan().Split('/'))
        {
            var segment = captured.AsSpan()[range];
            if (segment.StartsWith('.') || (isFile && segment.Length > 0 && (!PlainName().IsMatch(segment) || ScriptOrSecret().IsMatch(segment))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOwnDirectory(RoutePattern pattern, RouteValueDictionary values) =>
        pattern.PathSegments is [{ Parts: [RoutePatternParameterPart first] }, ..]
        && values[first.Name] is string captured
        && OwnDirectories.Contains(captured.Split('/')[0]);

    // No ~ (short names), : (streams), $ and the like: some file systems read more in them than a name.
    [GeneratedRegex(@"^[A-Za-z0-9_@+=,()!'-][A-Za-z0-9_.@+=,()!'-]{0,254}\z")]
    private static partial Regex PlainName();

    // Anywhere in the name: "a.php.js" and "a.php/b.js" are run by some servers, "a.php.bak" is shown by others.
    [GeneratedRegex(
        @"\.(php[0-9]?|phps|phtml|pht|phar|inc|cgi|pl|py|rb|sh|asp|aspx|ashx|jsp|jspx|env|ini|conf|config|ya?ml|log|sql|sqlite3?|db|bak|old|orig|save|swp|tmp|pem|key|crt|p12|pfx|htaccess|htpasswd)(\.|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ScriptOrSecret();
}
