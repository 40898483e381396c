namespace OzGateway.Tests.Shipping;

/// <summary>One file per way to be wrong; its first comment line is part of what helm says.</summary>
public sealed class BadValuesTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(ValueSets.Folder("BadValues"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [HelmTheory]
    [MemberData(nameof(Names))]
    public async Task Bad_values_are_refused_with_what_is_wrong(string name)
    {
        var file = Path.Combine(ValueSets.Folder("BadValues"), name + ".yaml");
        var message = (await File.ReadAllLinesAsync(file))[0].TrimStart('#', ' ');

        var result = await Helm.TryRenderAsync("-f", file);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }
}
