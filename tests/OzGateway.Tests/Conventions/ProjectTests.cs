using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OzGateway.Tests.Conventions;

/// <summary>Every project is built alike, and nothing is silenced without a reason.</summary>
public sealed partial class ProjectTests
{
    // A tokenizer is one machine: cut in two it would be read twice.
    private static readonly string[] LongOnPurpose = ["OzGateway.Payloads/JsonMachine.cs", "OzGateway.Payloads/MultipartInjector.cs"];

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Sources.Root, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sources.Root, path)).Order()];

    [Theory]
    [InlineData("Nullable", "enable")]
    [InlineData("TreatWarningsAsErrors", "true")]
    [InlineData("EnforceCodeStyleInBuild", "true")]
    [InlineData("GenerateDocumentationFile", "true")]
    [InlineData("Deterministic", "true")]
    [InlineData("InvariantGlobalization", "true")]
    [InlineData("RestorePackagesWithLockFile", "true")]
    public void One_file_sets_it_for_all(string property, string value) =>
        Assert.Equal(value, Load("Directory.Build.props").Descendants(property).Single().Value);

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_project_takes_it_back(string project)
    {
        string[] shared = ["Nullable", "TreatWarningsAsErrors", "WarningsAsErrors", "WarningsNotAsErrors", "EnforceCodeStyleInBuild", "Deterministic", "RestorePackagesWithLockFile", "AnalysisLevel"];

        Assert.DoesNotContain(Load(project).Descendants(), element => shared.Contains(element.Name.LocalName));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_it_was_built_with_is_locked(string project) =>
        Assert.True(File.Exists(Path.Combine(Sources.Root, Path.GetDirectoryName(project)!, "packages.lock.json")), $"{project} has no lock file.");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Versions_stand_in_one_place(string project) =>
        Assert.DoesNotContain(Load(project).Descendants("PackageReference"), reference => reference.Attribute("Version") is not null);

    [Theory]
    [MemberData(nameof(Projects))]
    public void It_is_part_of_the_solution(string project) =>
        Assert.Contains(project.Replace('/', '\\'), File.ReadAllText(Path.Combine(Sources.Root, "OzGateway.sln")), StringComparison.Ordinal);

    [Fact]
    public void The_root_has_its_seven_entries()
    {
        string[] seven = ["README.md", "OzGateway.sln", "Dockerfile", "config", "helm", "src", "tests"];

        Assert.All(seven, entry => Assert.True(Path.Exists(Path.Combine(Sources.Root, entry)), $"{entry} is missing."));
    }

    [Fact]
    public void Only_what_is_one_machine_is_longer_than_a_file_should_be()
    {
        var found = Sources.Under("src").Where(file => file.Text.Split('\n').Length > 251).Select(file => file.Path);

        Assert.Empty(found.Except(LongOnPurpose));
    }

    [Fact]
    public void Nothing_is_silenced_without_a_reason_beside_it()
    {
        var silenced = from file in Sources.Under("src").Concat(Sources.Under("tests"))
                       from Match match in Silenced().Matches(file.Text)
                       where !match.Value.Contains("Justification", StringComparison.Ordinal) && !match.Value.Contains("//", StringComparison.Ordinal)
                       select $"{file.Path}: {match.Value}";

        Assert.Empty(silenced);
    }

    [Fact]
    public void No_file_has_regions() => Assert.DoesNotContain(Sources.Under("src"), file => file.Text.Contains("\n#region", StringComparison.Ordinal));

    [Fact]
    public void A_catch_of_everything_says_when()
    {
        var everything = from file in Sources.Under("src")
                         from Match match in CatchOfAll().Matches(file.Text)
                         where !match.Value.Contains("when", StringComparison.Ordinal)
                         select $"{file.Path}: {match.Value}";

        Assert.Empty(everything);
    }

    private static XDocument Load(string path) => XDocument.Load(Path.Combine(Sources.Root, path));

    [GeneratedRegex(@"(?m)^\s*#pragma warning disable.*$|\[(?:assembly: )?(?:System\.Diagnostics\.CodeAnalysis\.)?(?:Unconditional)?SuppressMessage\(.*$")]
    private static partial Regex Silenced();

    [GeneratedRegex(@"catch \((?:System\.)?Exception\b[^)]*\).*")]
    private static partial Regex CatchOfAll();
}
