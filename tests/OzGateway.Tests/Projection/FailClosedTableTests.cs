using System.Text;
using OzGateway.Tests.Conventions;

namespace OzGateway.Tests.Projection;

/// <summary>The matrix, for people: written from the cells that are tested, and never stale.</summary>
public sealed class FailClosedTableTests
{
    private const string File = "tests/FAIL-CLOSED.md";
    private const string WriteSwitch = "OZGATEWAY_WRITE";

    [Fact]
    public void The_table_is_what_is_tested()
    {
        var path = Path.Combine(Sources.Root, File);
        var expected = Table();
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            System.IO.File.WriteAllText(path, expected);
        }

        var written = System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : "";
        Assert.True(written == expected, $"{File} is stale. Write it anew: {WriteSwitch}=1 dotnet test tests/OzGateway.Tests --filter FullyQualifiedName~{nameof(FailClosedTableTests)}");
    }

    [Fact]
    public void No_cell_stands_twice() =>
        Assert.Equal(FailClosedCells.All.Count, FailClosedCells.All.Select(cell => (cell.Dimension, cell.Name)).Distinct().Count());

    private static string Table()
    {
        var table = new StringBuilder("""
            # What fails, fails closed

            Each row is a test: an upstream on a raw socket writes exactly these bytes with words planted in every place, and the browser gets either
            200 with `{"state":"finished"}` and nothing else, or 502 with a problem of the gateway's own. None of the planted words arrives, in any
            of its readings (raw, dechunked, inflated twice, NUL-stripped, unescaped from JSON, percent, HTML and base64). What a row does not name is
            as it should be. Of codings, types and statuses all combinations of a few are tested too: the worst of them decides.
            Written from the tests by `OZGATEWAY_WRITE=1 dotnet test tests/OzGateway.Tests --filter FullyQualifiedName~FailClosedTableTests`.

            """);
        foreach (var dimension in FailClosedCells.All.GroupBy(cell => cell.Dimension))
        {
            table.Append($"\n## By {dimension.Key}\n\n| The upstream writes | The browser gets |\n|---|---|\n");
            foreach (var cell in dimension)
            {
                table.Append($"| {cell.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {(cell.IsSafe ? "200, the state" : "502")} |\n");
            }
        }

        return table.ToString();
    }
}
