using System.Text.RegularExpressions;

namespace OzGateway.Tests.Conventions;

/// <summary>Walls are tests, not wishes: the table in src/README.md says who may know whom.</summary>
public sealed partial class WallTests
{
    private static readonly string[] KnownByAll = ["Problems", "Telemetry"];
    private static readonly string[] ThirdParties =
        ["Yarp", "YamlDotNet", "System.CommandLine", "Microsoft.IdentityModel", "OpenTelemetry", "Polly", "Microsoft.Extensions.Http.Resilience"];

    private static readonly IReadOnlyList<SourceFile> Files = [.. Sources.Under("src/OzGateway").Where(file => file.Room.Length > 0)];

    [Fact]
    public void Every_room_stands_in_the_table()
    {
        Assert.Equal(Table().Keys.Order(), Files.Select(file => file.Room).Distinct().Order());
    }

    [Fact]
    public void No_room_knows_another_that_the_table_does_not_name()
    {
        var table = Table();
        var broken = from file in Files
                     from Match known in OurNames().Matches(Code(file))
                     let room = known.Groups[1].Value
                     where room != file.Room && !KnownByAll.Contains(room) && !table[file.Room].Rooms.Contains(room)
                     select $"{file.Path} knows {room}";

        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void Every_package_has_its_address()
    {
        var table = Table();
        var broken = from file in Files
                     from party in ThirdParties
                     where Regex.IsMatch(Code(file), $@"\busing (static )?{Regex.Escape(party)}\b|[^.\w]{Regex.Escape(party)}\.[A-Z]")
                         && !table[file.Room].Parties.Contains(party)
                     select $"{file.Path} knows {party}";

        Assert.Empty(broken);
    }

    [Fact]
    public void What_reads_hostile_bytes_knows_nothing_else()
    {
        var project = File.ReadAllText(Path.Combine(Sources.Root, "src/OzGateway.Payloads/OzGateway.Payloads.csproj"));

        Assert.DoesNotContain("Reference Include", project, StringComparison.Ordinal);
        Assert.DoesNotContain(Sources.Under("src/OzGateway.Payloads"), file => Regex.IsMatch(file.Text, @"\busing (Microsoft|Yarp|YamlDotNet)\b"));
    }

    private static Dictionary<string, (string[] Rooms, string[] Parties)> Table()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "src/README.md"));
        var rows = text[text.IndexOf("| Room | May know |", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Skip(2);
        return rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1], cells => (Words(cells[2]), Words(cells[3])));
    }

    private static string[] Words(string cell) => cell == "–" ? [] : cell.Split(", ");

    private static string Code(SourceFile file) => Comments().Replace(file.Text, "");

    // A qualified name begins with the product's name or stands alone after what no name can end with.
    [GeneratedRegex(@"\bOzGateway\.(Commands|Hosting|Configuration|Verdicts|Projection|Forwarding|Transactions|Attempts|Capacity|Identity|OzApi|Edge|Audit|Payloads|Problems|Telemetry)\b")]
    private static partial Regex OurNames();

    [GeneratedRegex(@"//[^\n]*|""[^""\n]*""")]
    private static partial Regex Comments();
}
