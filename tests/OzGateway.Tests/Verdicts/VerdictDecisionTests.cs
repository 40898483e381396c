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

        Assert.Equal(Enum.Parse<VerdictOutcome>(outcome), VerdictDecision.Of(folders, Key, id, Always).Outcome);
        Assert.Equal(VerdictOutcome.NotFound, VerdictDecision.Of(folders, Key, id + "x", Always).Outcome);
        Assert.Equal(VerdictOutcome.NotFound, VerdictDecision.Of(folders, "other_key", id, Always).Outcome);
    }

    [Fact]
    public void Only_one_combination_of_all_states_is_a_success()
    {
        var successes = from folder in FolderStates
                        from resolution in Resolutions
                        from state in AnalysisStates
                        from outcome in Resolutions
                        let made = Folder(folder, resolution, [new OzAnalysis { Type = "QUALITY", State = state, ResolutionStatus = outcome }])
                        where VerdictDecision.Of([made], Key, "id", Always).Outcome is VerdictOutcome.Success
                        select (folder, resolution, state, outcome);

        Assert.Equal(("FINISHED", "SUCCESS", "FINISHED", "SUCCESS"), Assert.Single(successes));
    }

    [Fact]
    public void A_folder_without_a_liveness_analysis_is_never_a_success()
    {
        foreach (var analyses in (OzAnalysis[][])[[], [new OzAnalysis { Type = "BIOMETRY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]])
        {
            var decision = VerdictDecision.Of([Folder("FINISHED", "SUCCESS", analyses)], Key, "id", Always);

            Assert.Equal((VerdictOutcome.Failed, "liveness_missing"), (decision.Outcome, decision.Reason));
        }
    }

    [Fact]
    public void One_liveness_analysis_that_did_not_pass_is_enough_to_fail()
    {
        OzAnalysis passed = new() { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" };
        foreach (var other in Resolutions.Where(resolution => resolution != "SUCCESS"))
        {
            var decision = VerdictDecision.Of([Folder("FINISHED", "SUCCESS", [passed, passed with { ResolutionStatus = other }])], Key, "id", Always);

            Assert.NotEqual(VerdictOutcome.Success, decision.Outcome);
        }
    }

    [Theory]
    [InlineData(999)]
    [InlineData(2001)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_folder_outside_the_window_is_ambiguous(double created)
    {
        var window = new VerdictWindow(DateTimeOffset.FromUnixTimeSeconds(1000), DateTimeOffset.FromUnixTimeSeconds(2000));
        var good = Folder("FINISHED", "SUCCESS", [new OzAnalysis { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS" }]);

        Assert.Equal(VerdictOutcome.Success, VerdictDecision.Of([good with { TimeCreated = 1500.5 }], Key, "id", window).Outcome);
        Assert.Equal(VerdictOutcome.Ambiguous, VerdictDecision.Of([good with { TimeCreated = created }], Key, "id", window).Outcome);
        Assert.Equal(VerdictOutcome.Ambiguous, VerdictDecision.Of([good with { TimeCreated = null }], Key, "id", window).Outcome);
    }

    private static VerdictWindow Always => new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private static OzFolder Folder(string? status, string? resolution, IReadOnlyList<OzAnalysis> analyses) => new()
    {
        FolderId = "f",
        ResolutionStatus = status,
        SystemResolution = resolution,
        MetaData = new Dictionary<string, JsonElement> { [Key] = JsonSerializer.SerializeToElement("id") },
        Analyses = analyses,
        TimeCreated = 1500,
    };

    private static IReadOnlyList<OzFolder> Read(byte[] json) => json.AsSpan().TrimStart(" \r\n\t"u8)[0] == '['
        ? JsonSerializer.Deserialize(json, OzJson.Default.IReadOnlyListOzFolder)!
        : JsonSerializer.Deserialize(json, OzJson.Default.OzFolderPage)!.Items!;
}
