namespace OzGateway.Tests.Testing;

/// <summary>A test that runs another program; skipped with the reason where it is not on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program)
    {
        Program = program;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = folders.SelectMany(folder => new[] { program, $"{program}.exe" }.Select(name => Path.Combine(folder, name))).Any(File.Exists) ? null : $"There is no {program} on the PATH.";
    }

    public string Program { get; }
}
