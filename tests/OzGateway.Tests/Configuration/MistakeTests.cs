using OzGateway.Configuration;
using OzGateway.Problems;

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

    [Fact]
    public void Every_code_of_an_error_has_a_mistake()
    {
        // A file that cannot be read is tested where files are read.
        IEnumerable<ConfigurationCode> codes = Enum.GetValues<ConfigurationCode>().Where(code => (int)code < 1300 && code != ConfigurationCode.FileUnreadable);
        string told = string.Concat(Directory.EnumerateFiles(Folder, "*.yaml").SelectMany(file => File.ReadLines(file).Where(line => line.StartsWith(Mark, StringComparison.Ordinal))));

        Assert.All(codes, code => Assert.Contains($"error OZG{(int)code}: ", told, StringComparison.Ordinal));
    }
}
