using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class OzApiFolderListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("meta_data=transaction_id==tx-1", "tx-1")]
    [InlineData("meta_data=transaction_id%3D%3Dtx-1", "tx-1")]
    [InlineData("meta_data=transaction_id!=tx-1", "tx-2,tx-3")]
    [InlineData("meta_data=transaction_id!=tx-1&meta_data=transaction_id!=tx-2", "tx-3")]
    [InlineData("meta_data=transaction_id==tx", "")]
    [InlineData("meta_data=unknown_key==tx-1", "")]
    [InlineData("resolution_status=FINISHED", "tx-1,tx-2")]
    [InlineData("resolution_status=PROCESSING", "tx-3")]
    [InlineData("time_created.min={T+1}", "tx-2,tx-3")]
    [InlineData("time_created.min={T}", "tx-1,tx-2,tx-3")]
    [InlineData("time_created.min={T}.5", "tx-2,tx-3")]
    [InlineData("time_created.max={T}", "tx-1")]
    [InlineData("time_created.min={T+1}&time_created.max={T+60}", "tx-2")]
    [InlineData("time_created.min={T}000", "")]
    [InlineData("time_updated.min={T+100}", "tx-3")]
    [InlineData("time_updated.max={T+100}", "tx-1,tx-2")]
    [InlineData("sorting=time_createddesc", "tx-3,tx-2,tx-1")]
    [InlineData("sorting=time_created%7Basc%7D", "tx-1,tx-2,tx-3")]
    [InlineData("sorting=time_updated%20desc", "tx-3,tx-2,tx-1")]
    [InlineData("limit=2", "tx-1,tx-2")]
    [InlineData("limit=2&offset=2", "tx-3")]
    [InlineData("offset=9", "")]
    [InlineData("limit=0", "")]
    [InlineData("", "tx-1,tx-2,tx-3")]
    public async Task The_list_is_filtered_sorted_and_paged(string query, string expected)
    {
        await using var run = await WithThreeFoldersAsync();

        var list = await run.OzApiJsonAsync("/api/folders/?" + AtNoon(query));

        Assert.Equal(expected, string.Join(',', list["items"]!.AsArray().Select(static item => (string?)item!["meta_data"]!["transaction_id"])));
    }

    [Theory]
    [InlineData("meta_data=transaction_id=tx-1", "api-error-3-invalid-structure")]
    [InlineData("meta_data=transaction_id", "api-error-3-invalid-structure")]
    [InlineData("meta_data===tx-1", "api-error-3-invalid-structure")]
    [InlineData("time_created.min=yesterday", "api-error-4-invalid-value")]
    [InlineData("limit=-1", "api-error-4-invalid-value")]
    [InlineData("offset=x", "api-error-4-invalid-value")]
    [InlineData("sorting=folder_id", "api-error-4-invalid-value")]
    public async Task A_malformed_query_gets_the_documented_error(string query, string sample)
    {
        await using var run = await WithThreeFoldersAsync();

        using var answer = await run.OzApiAsync("/api/folders/?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonNode.DeepEquals(Sample.Read(sample), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task The_envelope_tells_limit_offset_and_total_of_all_that_match()
    {
        await using var run = await WithThreeFoldersAsync();

        var list = await run.OzApiJsonAsync("/api/folders/?limit=1&offset=1");
        var usual = await run.OzApiJsonAsync("/api/folders/");
        var without = await run.OzApiJsonAsync("/api/folders/?total_omit=true");

        Assert.Equal((1, 1, 3), ((int)list["limit"]!, (int)list["offset"]!, (int)list["total"]!));
        Assert.Equal((100, 0, 3), ((int)usual["limit"]!, (int)usual["offset"]!, (int)usual["total"]!));
        Assert.Null(without["total"]);
    }

    [Theory]
    [InlineData(Verdict.Success, "api-folder-list-success")]
    [InlineData(Verdict.Declined, "api-folder-list-declined")]
    [InlineData(Verdict.Failed, "api-folder-list-failed")]
    [InlineData(Verdict.OperatorRequired, "api-folder-list-operator-required")]
    [InlineData(null, "api-folder-list-processing")]
    public async Task A_folder_looks_like_the_sample(Verdict? verdict, string sample)
    {
        await using var run = await SimulatorRun.StartAsync();
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-1", verdict) with
        {
            MetaData = new Dictionary<string, string> { ["transaction_id"] = "tx-1", ["end_user_id"] = "user", ["iin"] = "900101300123" },
        });

        var list = await run.OzApiJsonAsync("/api/folders/?with_analyses=true");

        var expected = Sample.Read(sample);
        Sample.AssertSameShape(sample, list);
        foreach (var member in new[] { "resolution_status", "system_resolution" })
        {
            Assert.Equal((string?)expected["items"]![0]![member], (string?)list["items"]![0]![member]);
        }

        Assert.Equal(Resolutions(expected), Resolutions(list));
    }

    [Fact]
    public async Task Analyses_are_left_out_unless_asked_for()
    {
        await using var run = await WithThreeFoldersAsync();

        var list = await run.OzApiJsonAsync("/api/folders/");

        Assert.All(list["items"]!.AsArray(), static item => Assert.False(item!.AsObject().ContainsKey("analyses")));
    }

    [Fact]
    public async Task An_empty_list_is_the_sample()
    {
        await using var run = await SimulatorRun.StartAsync();

        Assert.True(JsonNode.DeepEquals(Sample.Read("api-folder-list-empty"), await run.OzApiJsonAsync("/api/folders/")));
    }

    private static async Task<SimulatorRun> WithThreeFoldersAsync()
    {
        var run = await SimulatorRun.StartAsync();
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-1") with { TimeCreated = Noon, TimeUpdated = Noon });
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-2", Verdict.Declined) with { TimeCreated = Noon.AddSeconds(60), TimeUpdated = Noon.AddSeconds(60) });
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-3", verdict: null) with { TimeCreated = Noon.AddSeconds(120), TimeUpdated = Noon.AddSeconds(120) });
        return run;
    }

    private static string AtNoon(string query)
    {
        foreach (var seconds in new[] { 0, 1, 60, 100 })
        {
            var mark = seconds == 0 ? "{T}" : $"{{T+{seconds}}}";
            query = query.Replace(mark, (Noon.ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return query;
    }

    private static IEnumerable<string> Resolutions(JsonNode list) => list["items"]![0]!["analyses"]!.AsArray()
        .Select(static analysis => $"{analysis!["type"]} {analysis["state"]} {analysis["resolution"]} {analysis["resolution_status"]}");
}
