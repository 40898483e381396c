using System.Text;
using System.Text.Json;
using OzGateway.OzApi;
using OzGateway.Telemetry;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>The table in config/backend.md is written from the code: each row is a case, and its outcome is what the code decides.</summary>
public sealed class DecisionTableTests
{
    private const string Begin = "<!-- table: written from the code by the tests -->\n";
    private const string End = "<!-- table: end -->";

    private static readonly OzAnalysis Passed = new() { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" };
    private static readonly OzAnalysis Declined = Passed with { ResolutionStatus = "DECLINED" };
    private static readonly OzFolder Good = Folder("FINISHED", "SUCCESS");

    private static readonly (string Case, OzFolder[] Folders, Func<VerdictQuestion, VerdictQuestion> Change)[] Rows =
    [
        ("no folder", [], Same),
        ("several folders", [Good, Good with { FolderId = "2" }], Same),
        ("one folder, but the adapter named another", [Good], question => question with { BoundFolder = "2" }),
        ("the folder the adapter named bears another id", [Good with { MetaData = Metadata("other") }], question => question with { BoundFolder = "1" }),
        ("made outside the time of the transaction", [Good], question => question with { From = DateTimeOffset.MaxValue }),
        ("folder or system resolution FAILED", [Folder("FAILED", "FAILED")], Same),
        ("folder INITIAL or PROCESSING", [Folder("PROCESSING", "PROCESSING")], Same),
        ("FINISHED, system resolution INITIAL or PROCESSING", [Folder("FINISHED", "PROCESSING")], Same),
        ("FINISHED, DECLINED", [Folder("FINISHED", "DECLINED")], Same),
        ("FINISHED, OPERATOR_REQUIRED", [Folder("FINISHED", "OPERATOR_REQUIRED")], Same),
        ("FINISHED, SUCCESS, no QUALITY analysis", [Good with { Analyses = [] }], Same),
        ("FINISHED, SUCCESS, a QUALITY analysis that is not success", [Good with { Analyses = [Passed, Declined] }], Same),
        ("FINISHED, SUCCESS, a required analysis is missing", [Good], question => question with { RequiredAnalyses = ["QUALITY", "BIOMETRY"] }),
        ("FINISHED, SUCCESS, a required analysis that is not success", [Good with { Analyses = [Passed, Declined with { Type = "BIOMETRY" }] }], question => question with { RequiredAnalyses = ["QUALITY", "BIOMETRY"] }),
        ("FINISHED, SUCCESS, no medium with all required tags", [Good], question => question with { RequiredTags = ["video_selfie_blank"] }),
        ("FINISHED, SUCCESS, all of that in order", [Good], Same),
        ("anything else", [Folder("DONE", "SUCCESS")], Same),
    ];

    [Fact]
    public void The_table_in_the_documentation_is_what_the_code_decides()
    {
        var path = Path.Combine(Conventions.Sources.Root, "config/backend.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("OZGATEWAY_WRITE") is not null)
        {
            File.WriteAllText(path, text[..begin] + Table() + text[end..]);
            return;
        }

        Assert.Equal(Table(), text[begin..end]);
    }

    [Fact]
    public void Exactly_one_row_is_a_success() =>
        Assert.Single(Rows, row => VerdictDecision.Of(row.Folders, row.Change(Asked.About("id"))).Outcome is VerdictOutcome.Success);

    private static string Table()
    {
        var table = new StringBuilder("| Folders | Outcome | Reason |\n|---|---|---|\n");
        foreach (var (name, folders, change) in Rows)
        {
            var decision = VerdictDecision.Of(folders, change(Asked.About("id")));
            table.Append("| ").Append(name).Append(" | `").Append(TelemetryNames.Word(decision.Outcome)).Append("` | ").Append(decision.Reason is { } reason ? $"`{reason}`" : "–").Append(" |\n");
        }

        return table.ToString();
    }

    private static VerdictQuestion Same(VerdictQuestion question) => question;

    private static Dictionary<string, JsonElement> Metadata(string id) => new() { ["transaction_id"] = JsonSerializer.SerializeToElement(id) };

    private static OzFolder Folder(string status, string resolution) => new()
    {
        FolderId = "1",
        ResolutionStatus = status,
        SystemResolution = resolution,
        MetaData = Metadata("id"),
        Analyses = [Passed],
        TimeCreated = 1500,
    };
}
