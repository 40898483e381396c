namespace OzGateway.Forwarding;

/// <summary>A cookie of the adapter's session on its way to the browser: it moves from the adapter's host and path to ours.</summary>
internal static class SessionCookie
{
    private const string Path = "Path=";
    private const string Domain = "Domain=";

    /// <summary>The text of a <c>Set-Cookie</c> header without a domain, and with a path under our prefix instead of the adapter's.</summary>
    /// <param name="cookie">The text.</param>
    /// <param name="prefix">The adapter's prefix; empty for none.</param>
    /// <param name="publicPrefix">Ours; empty for none.</param>
    public static string Move(string cookie, string prefix, string publicPrefix)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var rest = parts.Skip(1)
            .Where(attribute => !attribute.StartsWith(Domain, StringComparison.OrdinalIgnoreCase))
            .Select(attribute => attribute.StartsWith(Path, StringComparison.OrdinalIgnoreCase)
                ? Path + MovePath(attribute[Path.Length..], prefix, publicPrefix) : attribute);
        return string.Join("; ", rest.Prepend(parts[0]));
    }

    private static string MovePath(string path, string prefix, string publicPrefix)
    {
        var isWithin = path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');
        var moved = publicPrefix + (isWithin ? path[prefix.Length..].TrimEnd('/') : "");
        return moved.Length == 0 ? "/" : moved;
    }
}
