using System.Text.Json;
using OzGateway.OzApi;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>Scores, links and fields: for those who may see them, and as documented or not at all.</summary>
public sealed class VerdictDetailsTests
{
    private const BackendRights All = BackendRights.Read | BackendRights.Scores | BackendRights.Media;

    [Fact]
    public void Scores_of_liveness_stand_with_its_media_and_the_worst_counts()
    {
        var analysis = Analysis("QUALITY", """[{"results_data":{"confidence_spoofing":0.1}},{"results_data":{"confidence_spoofing":0.7}},{"results_data":{"confidence_spoofing":0.2}}]""");

        Assert.Equal(0.7, VerdictDetails.Of(analysis, All).Scores!["confidence_spoofing"]);
    }

    [Fact]
    public void Scores_of_likeness_stand_in_the_analysis_and_the_least_counts()
    {
        var analysis = Analysis("BIOMETRY", """[{"results_data":{"max_confidence":0.5}}]""") with { ResultsData = JsonElement.Parse("""{"max_confidence":0.99,"min_confidence":0.91}""") };

        Assert.Equal(new Dictionary<string, double> { ["max_confidence"] = 0.5, ["min_confidence"] = 0.91 }, VerdictDetails.Of(analysis, All).Scores!);
    }

    [Fact]
    public void Fields_of_documents_are_for_those_who_may_see_media()
    {
        var analysis = Analysis("DOCUMENTS", "[]") with
        {
            ResultsData = JsonElement.Parse("""{"text_fields":[{"field_name":"Surname","visual":"DOE","mrz":null},{"visual":"nameless"},7]}"""),
        };

        Assert.Equal([new DocumentField("Surname", "DOE", null)], VerdictDetails.Of(analysis, All).Fields!);
        Assert.Null(VerdictDetails.Of(analysis, BackendRights.Read | BackendRights.Scores).Fields);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("[null, 7, \"text\", [], {}]")]
    [InlineData("""[{"results_data":7,"output_images":{}},{"results_data":{"a":"b","c":null},"output_images":[{"original_url":7}]}]""")]
    public void What_is_not_as_documented_costs_its_detail_and_nothing_else(string odd)
    {
        var element = JsonElement.Parse(odd);
        var analysis = new OzAnalysis { Type = "QUALITY", State = "FINISHED", ResolutionStatus = "SUCCESS", Confs = element, ResultsData = element, ResultsMedia = element };

        var verdict = VerdictDetails.Of(analysis, All);

        Assert.Equal((VerdictOutcome.Success, 0, 0, null), (verdict.Outcome, verdict.Scores!.Count, verdict.Thresholds!.Count, verdict.Images));
        Assert.All(VerdictDetails.MediaOf(new OzFolder { Media = element }), medium => Assert.Equal((0, null), (medium.Tags.Count, medium.OriginalUrl)));
    }

    [Fact]
    public void Without_rights_an_analysis_is_its_type_and_its_outcome() =>
        Assert.Equal(
            """{"type":"quality","outcome":"success"}""",
            JsonSerializer.Serialize(new Verdict
            {
                TransactionId = "id",
                Outcome = VerdictOutcome.Success,
                UserChecked = true,
                Analyses = [VerdictDetails.Of(Analysis("QUALITY", """[{"results_data":{"confidence_spoofing":0.1}}]"""), BackendRights.Read | BackendRights.AnyUser | BackendRights.Issue)],
            }, VerdictJson.Default.Verdict).Split("\"analyses\":[")[1].Split(']')[0]);

    private static OzAnalysis Analysis(string type, string media) =>
        new() { Type = type, State = "FINISHED", ResolutionStatus = "SUCCESS", ResultsMedia = JsonElement.Parse(media), Confs = JsonElement.Parse("""{"threshold":0.5}""") };
}
