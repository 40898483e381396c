using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class OzApiBreakageTests
{
    private const string List = "/api/folders/?meta_data=transaction_id==tx-1&with_analyses=true";

    [Theory]
    [InlineData(OzApiBreakage.Error500, HttpStatusCode.InternalServerError, 0)]
    [InlineData(OzApiBreakage.Unavailable, HttpStatusCode.ServiceUnavailable, 11)]
    [InlineData(OzApiBreakage.InvalidToken, HttpStatusCode.Unauthorized, 7)]
    [InlineData(OzApiBreakage.ExpiredToken, HttpStatusCode.Unauthorized, 8)]
    [InlineData(OzApiBreakage.Forbidden, HttpStatusCode.Forbidden, 9)]
    public async Task A_refusal_has_its_status_and_number(OzApiBreakage breakage, HttpStatusCode status, int number)
    {
        await using var run = await WithFolderAsync(breakage);

        using var answer = await run.OzApiAsync(List);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(number, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error_code"]!);
    }

    [Theory]
    [InlineData(OzApiBreakage.None, 1, 1)]
    [InlineData(OzApiBreakage.NoFolder, 0, 0)]
    [InlineData(OzApiBreakage.DuplicateFolder, 2, 2)]
    [InlineData(OzApiBreakage.ForeignFolder, 3, 3)]
    public async Task A_list_has_as_many_folders_as_the_breakage_says(OzApiBreakage breakage, int items, int total)
    {
        await using var run = await WithFolderAsync(breakage);

        var list = await run.OzApiJsonAsync(List);

        Assert.Equal((items, total), (list["items"]!.AsArray().Count, (int)list["total"]!));
    }

    [Fact]
    public async Task A_foreign_folder_comes_first_and_belongs_to_somebody_else()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.ForeignFolder);

        var list = await run.OzApiJsonAsync(List);

        Assert.Equal("somebody-elses-transaction", (string?)list["items"]![0]!["meta_data"]!["transaction_id"]);
        Assert.Equal("SUCCESS", (string?)list["items"]![0]!["system_resolution"]);
    }

    [Fact]
    public async Task A_second_page_hides_the_second_folder()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.SecondPage);
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-1", Verdict.Declined));

        var first = await run.OzApiJsonAsync(List);
        var second = await run.OzApiJsonAsync(List + "&offset=1");

        Assert.Equal("SUCCESS", (string?)Assert.Single(first["items"]!.AsArray())!["system_resolution"]);
        Assert.Equal(2, (int)first["total"]!);
        Assert.Equal("DECLINED", (string?)Assert.Single(second["items"]!.AsArray())!["system_resolution"]);
    }

    [Fact]
    public async Task A_bare_array_has_no_envelope()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.BareArray);

        Assert.Equal("tx-1", (string?)Assert.Single((await run.OzApiJsonAsync(List)).AsArray())!["meta_data"]!["transaction_id"]);
    }

    [Fact]
    public async Task An_old_version_writes_analyse_id_and_whole_seconds()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.LegacyAnalyseId);

        var folder = (await run.OzApiJsonAsync(List))["items"]![0]!;

        Assert.NotNull(folder["analyses"]![0]!["analyse_id"]);
        Assert.Null(folder["analyses"]![0]!["analysis_id"]);
        Assert.DoesNotContain(".", folder["time_created"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_analyses_is_still_called_successful()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.NoAnalyses);

        var folder = (await run.OzApiJsonAsync(List))["items"]![0]!;

        Assert.Empty(folder["analyses"]!.AsArray());
        Assert.Equal("SUCCESS", (string?)folder["system_resolution"]);
    }

    [Fact]
    public async Task An_unknown_resolution_is_one_nobody_documented()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.UnknownResolution);

        Assert.Equal("ESCALATED", (string?)(await run.OzApiJsonAsync(List))["items"]![0]!["resolution_status"]);
    }

    [Fact]
    public async Task Millisecond_filters_read_seconds_as_long_ago()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.MillisecondFilters);
        var future = DateTimeOffset.UtcNow.AddHours(1);

        var seconds = await run.OzApiJsonAsync($"{List}&time_created.min={future.ToUnixTimeSeconds()}");
        var milliseconds = await run.OzApiJsonAsync($"{List}&time_created.min={future.ToUnixTimeMilliseconds()}");

        Assert.Equal((1, 0), ((int)seconds["total"]!, (int)milliseconds["total"]!));
    }

    [Fact]
    public async Task Html_and_truncated_json_come_with_200()
    {
        await using var html = await WithFolderAsync(OzApiBreakage.Html);
        await using var truncated = await WithFolderAsync(OzApiBreakage.Truncated);

        using var page = await html.OzApiAsync(List);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        await Assert.ThrowsAnyAsync<JsonException>(() => truncated.OzApiJsonAsync(List));
    }

    [Fact]
    public async Task No_answer_is_an_error_of_transport()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.NoAnswer);

        await Assert.ThrowsAsync<HttpRequestException>(() => run.OzApiAsync(List));
    }

    [Fact]
    public async Task Only_patch_is_refused_when_the_scenario_says_so()
    {
        await using var run = await WithFolderAsync(OzApiBreakage.PatchForbidden);

        using var patch = await run.OzApiAsync($"/api/folders/{run.Simulator.Folders[0].FolderId}/meta_data/", HttpMethod.Patch, "{\"a\":\"b\"}");
        using var list = await run.OzApiAsync(List);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (patch.StatusCode, list.StatusCode));
        Assert.False(run.Simulator.Folders[0].MetaData.ContainsKey("a"));
    }

    [Fact]
    public async Task A_slow_api_is_waited_for()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { OzApiDelay = TimeSpan.FromMilliseconds(150) });
        var began = TimeProvider.System.GetTimestamp();

        using var answer = await run.OzApiAsync("/api/folders/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(140));
    }

    private static async Task<SimulatorRun> WithFolderAsync(OzApiBreakage breakage)
    {
        var run = await SimulatorRun.StartAsync(Scenario.Success with { OzApiBreakage = breakage });
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-1"));
        run.Simulator.AddFolder(SimulatedFolder.Of("tx-2"));
        return run;
    }
}
