using System.Collections.Frozen;
using OzGateway.Edge;

namespace OzGateway.Forwarding;

/// <summary>Which headers pass, by kind of call. What is not named here does not pass.</summary>
internal static class HeaderPolicy
{
    private static readonly FrozenSet<string> ToAdapter = Names("Accept", "Accept-Language", "Content-Type", "User-Agent", "esid");

    private static readonly FrozenSet<string> ToAdapterForFiles =
        Names("Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "Range", "If-Range", "If-None-Match", "If-Modified-Since");

    /// <summary>The same for a file that is pinned: asked for whole and plain, so that it can be verified.</summary>
    public static FrozenSet<string> RequestOfPinned { get; } = Names("Accept", "Accept-Language", "User-Agent");

    private static readonly FrozenSet<string> FromAdapterForFiles = Names(
        "Content-Type", "Content-Length", "Content-Encoding", "Content-Range", "Accept-Ranges", "Cache-Control", "ETag", "Last-Modified", "Expires", "Vary");

    /// <summary>Request headers that pass to the adapter.</summary>
    public static FrozenSet<string> Request(CallKind kind) => kind is CallKind.Static ? ToAdapterForFiles : ToAdapter;

    /// <summary>Response headers that pass to the browser. Projected answers set their own.</summary>
    public static FrozenSet<string> Response(CallKind kind) => kind is CallKind.Static ? FromAdapterForFiles : FrozenSet<string>.Empty;

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
