using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>The dialects that every journey runs over.</summary>
internal static class Dialects
{
    public static IReadOnlyList<string> Names => ["default", "contrary", "random:1", "random:2", "random:3", "random:7", "random:11"];

    /// <summary>All but the default and one other live under a prefix, on both sides.</summary>
    public static string PrefixOf(Dialect? dialect) => dialect is null or { Name: "default" or "random:1" } ? "" : "/tenant-7/web";

    public static Dialect Of(string name) => Dialect.Named(name) ?? throw new ArgumentException($"No dialect '{name}'.", nameof(name));
}
