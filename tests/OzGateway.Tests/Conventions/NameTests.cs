using System.Reflection;
using System.Text.RegularExpressions;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Tests.Conventions;

/// <summary>Names that others rely on, and names that say nothing.</summary>
public sealed partial class NameTests
{
    private static readonly string[] Empty = ["Manager", "Helper", "Util", "Common", "Base", "Impl", "Info", "Data", "Service"];

    public static TheoryData<string> Problems => [.. Enum.GetNames<GatewayProblem>()];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_problem_has_a_row_of_our_own_words(string name)
    {
        var problem = Enum.Parse<GatewayProblem>(name);
        var row = ProblemTable.Of(problem);

        Assert.Equal(TelemetryNames.Word(problem), row.Code);
        Assert.InRange(row.Status, 400, 599);
        Assert.InRange(row.Body.Length, 1, 1023);
        Assert.Same(row.Body, ProblemTable.Of(problem).Body);
    }

    [Fact]
    public void Telemetry_names_begin_with_ours_and_carry_no_unit()
    {
        var names = Constants(typeof(TelemetryNames)).Where(pair => pair.Key != nameof(TelemetryNames.Source)).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, pair => Assert.Matches(@"^ozgateway(\.[a-z][a-z_]*)+$", (string)pair.Value!));
        Assert.All(names, pair => Assert.DoesNotMatch(@"seconds|bytes|_ms|total|count", (string)pair.Value!));
    }

    [Fact]
    public void Every_event_has_a_number_and_a_name_of_its_own()
    {
        var numbers = Constants(typeof(EventIds)).Select(pair => (int)pair.Value!).ToList();
        var messages = Sources.Under("src/OzGateway").SelectMany(file => Messages().Matches(file.Text)).ToList();

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(messages.Count, messages.Select(match => match.Groups[1].Value).Distinct().Count());
        Assert.Equal(messages.Count, messages.Select(match => match.Groups[2].Value).Distinct().Count());
        Assert.Equal(numbers.Count, messages.Count);
    }

    [Fact]
    public void Every_room_has_a_hundred_of_its_own_for_its_events()
    {
        var numbers = Constants(typeof(EventIds)).ToDictionary(pair => pair.Key, pair => (int)pair.Value! / 100);
        var rooms = from file in Sources.Under("src/OzGateway")
                    from Match message in Messages().Matches(file.Text)
                    group file.Room by numbers[message.Groups[1].Value];

        Assert.All(rooms, hundred => Assert.Single(hundred.Distinct()));
    }

    [Fact]
    public void No_type_has_an_empty_name()
    {
        var types = typeof(GatewayProblem).Assembly.GetTypes().Concat(typeof(global::OzGateway.Payloads.JsonProjector).Assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("OzGateway", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal));

        Assert.DoesNotContain(types, type => Empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_are_small_and_finished()
    {
        Assert.DoesNotContain(Sources.Under("src/OzGateway"), file => file.Text.Split('\n').Length > 251);
        Assert.DoesNotContain(Sources.Under("src"), file => Unfinished().IsMatch(file.Text));
    }

    [Fact]
    public void Nothing_else_stands_at_the_root()
    {
        string[] allowed =
        [
            "src", "tests", "config", "helm", "OzGateway.sln", "Dockerfile", "README.md", ".editorconfig", ".gitattributes", ".gitignore", ".dockerignore",
            "Directory.Build.props", "Directory.Packages.props", "global.json", ".ci", ".git", "artifacts",
        ];
        var entries = Directory.EnumerateFileSystemEntries(Sources.Root).Select(entry => Path.GetFileName(entry)!);

        Assert.Empty(entries.Except(allowed));
    }

    private static Dictionary<string, object?> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).ToDictionary(field => field.Name, field => field.GetRawConstantValue());

    [GeneratedRegex(@"\[LoggerMessage\((?:Telemetry\.)?EventIds\.(\w+),.*EventName = (?:nameof\()?""?(\w+)")]
    private static partial Regex Messages();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|NotImplementedException|catch \(Exception\)|catch\s*\{")]
    private static partial Regex Unfinished();
}
