using System.Text.RegularExpressions;

namespace OzGateway.Tests.Conventions;

/// <summary>Walls are tests, not wishes: the table in src/README.md says who may know whom.</summary>
public sealed partial class WallTests
{
    private const string Rooms =
        "Commands|Hosting|Configuration|Verdicts|Projection|Forwarding|Transactions|Attempts|Capacity|Identity|OzApi|Redis|Edge|Audit|Payloads|Problems|Telemetry";

    private static readonly string[] KnownByAll = ["Problems", "Telemetry"];
    private static readonly string[] ThirdParties =
        ["Yarp", "YamlDotNet", "System.CommandLine", "Microsoft.IdentityModel", "OpenTelemetry", "Polly", "StackExchange.Redis"];

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
                     from room in KnownTo(file)
                     where room != file.Room && !KnownByAll.Contains(room) && !table[file.Room].Rooms.Contains(room)
                     select $"{file.Path} knows {room}";

        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void No_room_is_known_for_everybody_at_once() =>
        Assert.DoesNotContain("Using Include=\"OzGateway", File.ReadAllText(Path.Combine(Sources.Root, "src/OzGateway/OzGateway.csproj")), StringComparison.Ordinal);

    [Fact]
    public void A_room_is_a_namespace()
    {
        var wrong = from file in Sources.Under("src")
                    let written = Namespace().Match(file.Text)
                    where written.Success && written.Groups[1].Value != Path.GetDirectoryName(file.Path)!.Replace('/', '.')
                    select $"{file.Path} is {written.Groups[1].Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_table_names_no_room_twice_and_none_that_does_not_exist()
    {
        var table = Table();

        Assert.Empty(table.SelectMany(row => row.Value.Rooms).Distinct().Except([.. table.Keys, "Payloads"]));
        Assert.All(table, row => Assert.Equal(row.Value.Rooms.Distinct(), row.Value.Rooms));
        Assert.DoesNotContain(table, row => row.Value.Rooms.Contains(row.Key));
    }

    [Fact]
    public void The_table_allows_no_more_than_is_used()
    {
        var known = Files.SelectMany(file => KnownTo(file).Select(room => (file.Room, Known: room))).ToHashSet();
        var unused = from row in Table()
                     from room in row.Value.Rooms
                     where !known.Contains((row.Key, room))
                     select $"{row.Key} does not know {room}";

        Assert.Empty(unused);
    }

    [Fact]
    public void No_two_rooms_know_each_other()
    {
        var table = Table();
        var circles = from row in table
                      from room in row.Value.Rooms
                      where table.TryGetValue(room, out var other) && other.Rooms.Contains(row.Key) && (row.Key, room) is not ("Hosting", "Configuration") and not ("Configuration", "Hosting")
                      select $"{row.Key} and {room}";

        Assert.Empty(circles);
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
        Assert.All(Sources.Under("src/OzGateway.Payloads").SelectMany(file => Usings().Matches(file.Text)), known => Assert.StartsWith("System", known.Groups[1].Value, StringComparison.Ordinal));
    }

    private static Dictionary<string, (string[] Rooms, string[] Parties)> Table()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "src/README.md"));
        var rows = text[text.IndexOf("| Room | May know |", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Skip(2);
        return rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1], cells => (Words(cells[2]), Words(cells[3])));
    }

    private static IEnumerable<string> KnownTo(SourceFile file) =>
        OurNames().Matches(Code(file)).Concat(ShortNames().Matches(Code(file))).Select(known => known.Groups[1].Value);

    private static string[] Words(string cell) => cell == "–" ? [] : cell.Split(", ");

    private static string Code(SourceFile file) => Comments().Replace(file.Text, "");

    // A qualified name begins with the product's name, or with the room's: the compiler takes both inside our namespace.
    [GeneratedRegex($@"\bOzGateway\.({Rooms})\b")]
    private static partial Regex OurNames();

    [GeneratedRegex($@"(?<![\w.])({Rooms})\.(?=(?-i:[A-Z]\w*[(.,)]))")]
    private static partial Regex ShortNames();

    [GeneratedRegex(@"(?m)^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?m)^using (?:static )?([\w.]+)")]
    private static partial Regex Usings();

    [GeneratedRegex(@"//[^\n]*|""[^""\n]*""")]
    private static partial Regex Comments();
}
