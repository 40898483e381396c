using OzGateway.Configuration;

namespace OzGateway.Tests.Configuration;

public sealed class MistakeTests
{
    private const string Mark = "# ";

    public static TheoryData<string> Mistakes => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Some.RepositoryFile("tests/OzGateway.Tests/Configuration/Mistakes");

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_told_as_its_first_lines_say(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder, file));
        string[] expected = [.. text.Split('\n').TakeWhile(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..])];

        SnapshotResult result = Some.Reader().Read(ConfigurationText.Of(text, "gateway.yaml"), SecretMode.Run, revision: 1);

        Assert.Null(result.Snapshot);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, result.Errors);
    }
}
