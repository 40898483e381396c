using OzGateway.Tests.Simulator;

namespace OzGateway.Tests.Payloads.Foreign;

/// <summary>A theory that needs the parsers of other languages: <c>python3</c> and <c>node</c> on the path.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForeignTheoryAttribute : TheoryAttribute
{
    public ForeignTheoryAttribute() => Skip = Python is null ? "There is no python3 on the PATH." : Node.Path is null ? "There is no node on the PATH." : null;

    public static string? Python { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "python3"))
        .FirstOrDefault(File.Exists);
}
