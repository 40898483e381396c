using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>Which files of the plugin pass, and how long they may be kept.</summary>
internal sealed record PluginFilePolicy
{
    private const string NoType = "none";
    private const string CacheWhereSilent = "public, max-age=300";

    private static readonly string[] DefaultTypes =
    [
        "text/css", "text/javascript", "application/javascript", "application/x-javascript", "application/wasm", "application/octet-stream",
        "application/font-woff", "application/font-woff2", "application/vnd.ms-fontobject", "font/*", "image/*", "audio/*", "video/*",
    ];

    /// <summary>Media types that pass; <c>image/*</c> for a whole kind, <c>none</c> for no type.</summary>
    public required FrozenSet<string> Types { get; init; }

    /// <summary>What is said of keeping instead of the adapter's word, or null.</summary>
    public string? CacheControl { get; init; }

    /// <summary>What the contents must be, or null.</summary>
    public FilePin? Pin { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static PluginFilePolicy? Create(PluginFileOptions options, string path, ConfigurationErrors errors)
    {
        List<string>? written = options.Types?.ConvertAll(type => type is [.. var kind, '/', '*'] ? $"{kind}/any" : type);
        errors.CheckMediaTypes(written, $"{path}.types", alsoAllowed: NoType);
        if (options.Types is { Count: 0 })
        {
            errors.Add($"{path}.types", ConfigurationCode.OutOfRange, "is empty: no file would pass. Leave it out for the usual types.");
        }

        if (options.CacheControl is { } cache && !TextShapes.IsHeaderText(cache))
        {
            errors.Add($"{path}.cache_control", ConfigurationCode.BadText, "is no value of a header. Write for example 'public, max-age=86400'.");
        }

        FilePin? pin = options.Pin is null ? null : FilePin.Create(options.Pin, $"{path}.pin", errors);
        return errors.AnyAt(path) ? null : new PluginFilePolicy
        {
            Types = (options.Types ?? [.. DefaultTypes]).ToFrozenSet(StringComparer.Ordinal),
            CacheControl = options.CacheControl,
            Pin = pin,
        };
    }

    /// <summary>Whether a file of this type passes.</summary>
    /// <param name="contentType">The header as it came, or null.</param>
    public bool Allows(string? contentType)
    {
        var essence = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? NoType;
        var slash = essence.IndexOf('/', StringComparison.Ordinal);
        return Types.Contains(essence) || (slash > 0 && Types.Contains($"{essence[..slash]}/*"));
    }

    /// <summary>Says how long an answer may be kept.</summary>
    /// <param name="headers">Its headers, with what the adapter said.</param>
    public void SetCaching(IHeaderDictionary headers)
    {
        if (headers.SetCookie.Count > 0)
        {
            // A file that a shared cache keeps would hand one browser's session to another.
            headers.CacheControl = "no-store";
            return;
        }

        headers.CacheControl = CacheControl ?? (headers.CacheControl.Count > 0 || headers.Expires.Count > 0 ? headers.CacheControl : CacheWhereSilent);
        if (CacheControl is not null)
        {
            headers.Remove("Expires");
        }
    }
}
