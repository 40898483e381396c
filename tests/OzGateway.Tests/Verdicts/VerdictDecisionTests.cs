using System.Text.Json;
using OzGateway.OzApi;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>From folders to a verdict: the documented lists, and every combination of states.</summary>
public sealed class VerdictDecisionTests
{
    private const string Key = "transaction_id";

    private static readonly string?[] FolderStates = ["INITIAL", "PROCESSING", "FAILED", "FINISHED", "success", "ELSE", null];
    private static readonly string?[] Resolutions = ["INITIAL", "PROCESSING", "FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS", "success", "ELSE", null];
    private static readonly string?[] AnalysisStates = ["PROCESSING", "FAILED", "FINISHED", "finished", "ELSE", null];

    [Theory]
    [InlineData("success", "Success")]
    [InlineData("declined", "Declined")]
    [InlineData("failed", "Failed")]
    [InlineData("processing", "Processing")]
    [InlineData("initial-no-analyses", "Processing")]
    [InlineData("operator-required", "OperatorRequired")]
    [InlineData("empty", "NotFound")]
    [InlineData("duplicate-transaction", "Ambiguous")]
    [InlineData("paged", "Success")]
    [InlineData("as-plain-array", "Success")]
    [InlineData("legacy-analyse_id", "Success")]
    public void The_documented_lists_have_their_outcomes(string sample, string outcome)
    {
        var folders = Read(File.ReadAllBytes(Path.Combine(Conventions.Sources.Root, "tests/OzGateway.Tests/Verdicts/Samples", $"api-folder-list-{sample}.json")));
        var id = folders.Count == 0 ? "none" : folders[0].MetaData![Key].GetString()!;

        Assert.Equal(Enum.Parse<VerdictOutcome>(outcome), VerdictDecision.Of(folders, Ask(id)).Outcome);
        Assert.Equal(VerdictOutcome.NotFound, VerdictDecision.Of(folders, Ask(id + "x")).Outcome);
        Assert.Equal(VerdictOutcome.NotFound, VerdictDecision.Of(folders, Ask(id) with { TransactionKey = "other_key" }).Outcome);
    }

    [Fact]
    public void Only_one_combination_of_all_states_is_a_success()
    {
        var successes = from folder in FolderStates
                        from resolution in Resolutions
                        from state in AnalysisStates
                        from outcome in Resolutions
                        let made = Folder(folder, resolution, [new OzAnalysis { Type = "QUALITY", State = state, ResolutionStatus = outcome }])
                        where VerdictDecision.Of([made], Ask("id")).Outcome is VerdictOutcome.Success
                        select (folder, resolution, state, outcome);

        Assert.Equal(("FINISHED", "SUCCESS", "FINISHED", "SUCCESS"), Assert.Single(successes));
    }

    [Fact]
    public void A_folder_without_a_liveness_analysis_is_never_a_success()
    {
        foreach (var analyses in (OzAnalysis[][])[[], [new OzAnalysis { Type = "BIOMETRY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]])
        {
            var decision = VerdictDecision.Of([Folder("FINISHED", "SUCCESS", analyses)], Ask("id"));

            Assert.Equal((VerdictOutcome.Failed, "liveness_missing"), (decision.Outcome, decision.Reason));
        }
    }

    [Fact]
    public void One_liveness_analysis_that_did_not_pass_is_enough_to_fail()
    {
        OzAnalysis passed = new() { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" };
        foreach (var other in Resolutions.Where(resolution => resolution != "SUCCESS"))
        {
            var decision = VerdictDecision.Of([Folder("FINISHED", "SUCCESS", [passed, passed with { ResolutionStatus = other }])], Ask("id"));

            Assert.NotEqual(VerdictOutcome.Success, decision.Outcome);
        }
    }

    [Theory]
    [InlineData("BIOMETRY", "FINISHED", "SUCCESS", "Success", null)]
    [InlineData("BIOMETRY", "FINISHED", "DECLINED", "Failed", "analysis_not_passed")]
    [InlineData("BIOMETRY", "PROCESSING", "PROCESSING", "Failed", "analysis_not_passed")]
    [InlineData("BIOMETRY", "FINISHED", "ELSE", "Failed", "analysis_not_passed")]
    [InlineData("DOCUMENTS", "FINISHED", "SUCCESS", "Failed", "analysis_missing")]
    public void A_required_analysis_must_be_there_and_have_passed(string type, string state, string resolution, string outcome, string? reason)
    {
        OzAnalysis liveness = new() { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" };
        var folder = Folder("FINISHED", "SUCCESS", [liveness, new OzAnalysis { Type = type, State = state, ResolutionStatus = resolution }]);

        var decision = VerdictDecision.Of([folder], Ask("id") with { RequiredAnalyses = ["QUALITY", "BIOMETRY"] });

        Assert.Equal((Enum.Parse<VerdictOutcome>(outcome), reason), (decision.Outcome, decision.Reason));
    }

    [Theory]
    [InlineData("""[{"tags":["a","b","c"]}]""", true)]
    [InlineData("""[{"tags":["c"]},{"tags":["b","a"]}]""", true)]
    [InlineData("""[{"tags":["a"]},{"tags":["b"]}]""", false)]
    [InlineData("""[{"tags":["A","b"]}]""", false)]
    [InlineData("""[{"tags":"a b"}]""", false)]
    [InlineData("""[{"tags":null},7,null]""", false)]
    [InlineData("""{"tags":["a","b"]}""", false)]
    [InlineData("[]", false)]
    public void Required_tags_must_all_stand_on_one_medium(string media, bool passes)
    {
        var folder = Folder("FINISHED", "SUCCESS", [new OzAnalysis { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]) with { Media = JsonElement.Parse(media) };

        var decision = VerdictDecision.Of([folder], Ask("id") with { RequiredTags = ["a", "b"] });

        Assert.Equal((passes ? VerdictOutcome.Success : VerdictOutcome.Failed, passes ? null : "tags_missing"), (decision.Outcome, decision.Reason));
    }

    [Fact]
    public void A_folder_that_the_adapter_named_needs_no_id_but_must_not_bear_another()
    {
        var bound = Folder("FINISHED", "SUCCESS", [new OzAnalysis { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]) with { FolderId = "bound", MetaData = null };
        var question = Ask("id") with { BoundFolder = "bound" };

        Assert.Equal(VerdictOutcome.Success, VerdictDecision.Of([bound], question).Outcome);
        Assert.Equal("foreign_folder", VerdictDecision.Of([bound with { MetaData = Metadata("other") }], question).Reason);
        Assert.Equal("not_the_bound_folder", VerdictDecision.Of([bound with { FolderId = "else", MetaData = Metadata("id") }], question).Reason);
        Assert.Equal("several_folders", VerdictDecision.Of([bound, bound with { FolderId = "else", MetaData = Metadata("id") }], question).Reason);
        Assert.Equal(VerdictOutcome.NotFound, VerdictDecision.Of([bound], Ask("id")).Outcome);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(2001)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_folder_outside_the_window_is_ambiguous(double created)
    {
        var window = Ask("id") with { From = DateTimeOffset.FromUnixTimeSeconds(1000), Until = DateTimeOffset.FromUnixTimeSeconds(2000) };
        var good = Folder("FINISHED", "SUCCESS", [new OzAnalysis { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]);

        Assert.Equal(VerdictOutcome.Success, VerdictDecision.Of([good with { TimeCreated = 1500.5 }], window).Outcome);
        Assert.Equal(VerdictOutcome.Ambiguous, VerdictDecision.Of([good with { TimeCreated = created }], window).Outcome);
        Assert.Equal(VerdictOutcome.Ambiguous, VerdictDecision.Of([good with { TimeCreated = null }], window).Outcome);
    }

    private static VerdictQuestion Ask(string id) => Asked.About(id);

    private static OzFolder Folder(string? status, string? resolution, IReadOnlyList<OzAnalysis> analyses) => new()
    {
        FolderId = "f",
        ResolutionStatus = status,
        SystemResolution = resolution,
        MetaData = Metadata("id"),
        Analyses = analyses,
        TimeCreated = 1500,
    };

    private static Dictionary<string, JsonElement> Metadata(string id) => new() { [Key] = JsonSerializer.SerializeToElement(id) };

    private static IReadOnlyList<OzFolder> Read(byte[] json) => json.AsSpan().TrimStart(" \r\n\t"u8)[0] == '['
        ? JsonSerializer.Deserialize(json, OzJson.Default.IReadOnlyListOzFolder)!
        : JsonSerializer.Deserialize(json, OzJson.Default.OzFolderPage)!.Items!;
}
