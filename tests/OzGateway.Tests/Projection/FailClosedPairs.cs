namespace OzGateway.Tests.Projection;

/// <summary>A few values of three dimensions, for all their combinations.</summary>
internal static class FailClosedPairs
{
    private static readonly byte[] Full = Coded.Utf8(Planted.Full());

    public static IReadOnlyList<(string Header, byte[] Body, bool IsSafe)> Codings { get; } =
    [
        ("", Full, true),
        ("Content-Encoding: gzip", Coded.GZip(Full), true),
        ("Content-Encoding: deflate", Coded.ZLib(Full), true),
        ("Content-Encoding: br", Coded.Brotli(Full), true),
        ("Content-Encoding: zstd", Full, false),
        ("Content-Encoding: gzip", Coded.GZip(Full)[..^3], false),
        ("", Coded.Utf8(Planted.Html), false),
    ];

    public static IReadOnlyList<(string Header, bool IsSafe)> Types { get; } =
    [
        ("Content-Type: application/json", true), ("Content-Type: text/html; charset=utf-8", true), ("", true),
        ("Content-Type: application/json; charset=utf-16", false), ("Content-Type: application/octet-stream", false),
    ];

    public static IReadOnlyList<(string Text, bool IsSafe)> Statuses { get; } = [("200 OK", true), ("201 QUOKKA", true), ("206 QUOKKA", false), ("302 QUOKKA", false), ("500 QUOKKA", false), ("600 QUOKKA", false)];
}
