using System.Reflection;

namespace OzGateway.Tests.Conventions;

/// <summary>The repository's own files.</summary>
internal static class Sources
{
    public static string Root { get; } = Path.GetFullPath(typeof(Sources).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    /// <summary>C# files under a folder, without build output.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(path => new SourceFile(Path.GetRelativePath(Path.Combine(Root, folder), path), File.ReadAllText(path))),
    ];
}

/// <summary>One file.</summary>
/// <param name="Path">Relative to the folder asked for.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>Its first folder, or empty.</summary>
    public string Room => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";
}
