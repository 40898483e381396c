using System.Text.Json;
using CsCheck;
using OzGateway.OzApi;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>The vendor's table of statuses, written down a second time: documented words, misspelt ones, none.</summary>
public sealed class VerdictTableTests
{
    private static readonly Gen<string?> Words = OneOf(
        "INITIAL", "PROCESSING", "FAILED", "FINISHED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS", "success", "Success ", "SUCCES", "", null);

    private static readonly Gen<OzAnalysis> Analyses = Gen.Select(OneOf("QUALITY", "QUALITY", "BIOMETRY", "DOCUMENTS", "quality", null), Words, Words, Words)
        .Select(drawn => new OzAnalysis { Type = drawn.Item1, State = drawn.Item2, ResolutionStatus = drawn.Item3, Resolution = drawn.Item4 });

    private static readonly Gen<OzFolder> Folders = Gen.Select(Words, Words, Analyses.Array[0, 3])
        .Select(drawn => new OzFolder
        {
            FolderId = "f",
            ResolutionStatus = drawn.Item1,
            SystemResolution = drawn.Item2,
            Analyses = drawn.Item3,
            MetaData = new Dictionary<string, JsonElement> { ["transaction_id"] = JsonSerializer.SerializeToElement("id") },
            TimeCreated = 1500,
        });

    [Fact]
    public void Every_folder_has_the_outcome_of_the_table() => Folders.Sample(folder => Decide(folder).Outcome == Expected(folder), iter: 20_000);

    [Fact]
    public void Every_analysis_has_the_outcome_of_the_table() => Analyses.Sample(analysis => VerdictDecision.Of(analysis) == Expected(analysis), iter: 20_000);

    [Fact]
    public void Whatever_is_not_one_folder_is_no_success() => Folders.Array[2, 4].Sample(folders =>
        VerdictDecision.Of(folders, Asked.About("id")).Outcome is VerdictOutcome.Ambiguous);

    [Fact]
    public void Folders_of_others_change_nothing() => Gen.Select(Folders, Folders.Array[0, 3]).Sample((own, others) =>
    {
        var foreign = others.Select(folder => folder with { MetaData = new Dictionary<string, JsonElement> { ["transaction_id"] = JsonSerializer.SerializeToElement("ID") } });

        return VerdictDecision.Of([.. foreign, own], Asked.About("id")) == Decide(own);
    });

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[\"id\"]")]
    [InlineData("{\"id\":\"id\"}")]
    [InlineData("\"id \"")]
    [InlineData("\"ID\"")]
    public void Only_exactly_the_text_of_the_id_is_the_id(string value)
    {
        var folder = new OzFolder { MetaData = new Dictionary<string, JsonElement> { ["transaction_id"] = JsonElement.Parse(value) } };

        Assert.Equal(VerdictOutcome.NotFound, Decide(folder).Outcome);
        Assert.Equal(VerdictOutcome.NotFound, Decide(folder with { MetaData = null }).Outcome);
    }

    private static Gen<string?> OneOf(params string?[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static VerdictDecision Decide(OzFolder folder) => VerdictDecision.Of([folder], Asked.About("id"));

    private static VerdictOutcome Expected(OzFolder folder)
    {
        if (folder.ResolutionStatus == "FAILED" || folder.SystemResolution == "FAILED")
        {
            return VerdictOutcome.Failed;
        }

        if (folder.ResolutionStatus is "INITIAL" or "PROCESSING")
        {
            return VerdictOutcome.Processing;
        }

        if (folder.ResolutionStatus != "FINISHED")
        {
            return VerdictOutcome.Failed;
        }

        var liveness = folder.Analyses!.Where(analysis => analysis.Type == "QUALITY").ToList();
        return folder.SystemResolution switch
        {
            "INITIAL" => VerdictOutcome.Processing,
            "PROCESSING" => VerdictOutcome.Processing,
            "DECLINED" => VerdictOutcome.Declined,
            "OPERATOR_REQUIRED" => VerdictOutcome.OperatorRequired,
            "SUCCESS" when liveness.Count > 0 && liveness.All(Passed) => VerdictOutcome.Success,
            _ => VerdictOutcome.Failed,
        };
    }

    private static bool Passed(OzAnalysis analysis) => analysis.State == "FINISHED"
        && new[] { analysis.ResolutionStatus, analysis.Resolution }.Any(word => word == "SUCCESS")
        && new[] { analysis.ResolutionStatus, analysis.Resolution }.All(word => word is null or "SUCCESS");

    private static VerdictOutcome Expected(OzAnalysis analysis)
    {
        var word = analysis.ResolutionStatus ?? analysis.Resolution;
        return Passed(analysis) ? VerdictOutcome.Success
            : analysis.State == "FAILED" || word == "FAILED" ? VerdictOutcome.Failed
            : analysis.State == "PROCESSING" || word is "PROCESSING" or "INITIAL" ? VerdictOutcome.Processing
            : analysis.State != "FINISHED" ? VerdictOutcome.Failed
            : word == "OPERATOR_REQUIRED" ? VerdictOutcome.OperatorRequired
            : word == "DECLINED" ? VerdictOutcome.Declined
            : VerdictOutcome.Failed;
    }
}
