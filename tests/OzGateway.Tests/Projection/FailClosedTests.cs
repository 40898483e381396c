using System.Text;
using OzGateway.Problems;

namespace OzGateway.Tests.Projection;

/// <summary>Every cell of the matrix: a safe document, or our own problem; of what the upstream wrote nothing arrives.</summary>
public sealed class FailClosedTests(FailClosedRun run) : IClassFixture<FailClosedRun>
{
    private const string Safe = """{"state":"finished"}""";

    private static readonly string[] OwnCodes = ["upstream_response_rejected", "upstream_unavailable"];

    public static TheoryData<string, string> Cells
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var cell in FailClosedCells.All)
            {
                data.Add(cell.Dimension, cell.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Nothing_of_the_upstream_arrives(string dimension, string name)
    {
        var cell = FailClosedCells.All.Single(cell => cell.Dimension == dimension && cell.Name == name);

        var received = await run.PollAsync(cell.Answer);

        Check(received, cell.IsSafe);
    }

    [Fact]
    public async Task Every_pair_of_coding_type_and_status_is_the_worse_of_them()
    {
        foreach (var coding in FailClosedPairs.Codings)
        {
            foreach (var type in FailClosedPairs.Types)
            {
                foreach (var status in FailClosedPairs.Statuses)
                {
                    var received = await run.PollAsync(new RawAnswer(FailClosedCells.Http(coding.Body, type.Header, coding.Header, status.Text)));

                    Check(received, coding.IsSafe && type.IsSafe && status.IsSafe);
                }
            }
        }
    }

    private static void Check(byte[] received, bool isSafe)
    {
        var text = Encoding.Latin1.GetString(received);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Empty(Planted.FoundIn(received));
        Assert.Contains("Cache-Control: no-store\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"Content-Length: {body.Length}\r\n", text, StringComparison.Ordinal);
        if (isSafe)
        {
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", text, StringComparison.Ordinal);
            Assert.Equal(Safe, body);
        }
        else
        {
            Assert.StartsWith("HTTP/1.1 502 ", text, StringComparison.Ordinal);
            Assert.Contains(body, OwnCodes.Select(code => Encoding.UTF8.GetString(ProblemTable.Of(Enum.GetValues<GatewayProblem>().Single(problem => ProblemTable.Of(problem).Code == code)).Body)));
        }
    }
}
