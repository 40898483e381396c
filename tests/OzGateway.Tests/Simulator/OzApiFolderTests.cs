using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class OzApiFolderTests
{
    [Fact]
    public async Task A_folder_is_read_by_its_id_with_and_without_analyses()
    {
        await using var run = await SimulatorRun.StartAsync();
        var folder = run.Simulator.AddFolder(SimulatedFolder.Of("tx-1"));

        var bare = await run.OzApiJsonAsync($"/api/folders/{folder.FolderId}");
        var whole = await run.OzApiJsonAsync($"/api/folders/{folder.FolderId}/?with_analyses=true");

        Assert.Equal("tx-1", (string?)bare["meta_data"]!["transaction_id"]);
        Assert.Null(bare["analyses"]);
        Assert.Equal("SUCCESS", (string?)whole["analyses"]![0]!["resolution"]);
    }

    [Fact]
    public async Task Analyses_are_read_by_folder_by_type_and_by_id()
    {
        await using var run = await SimulatorRun.StartAsync();
        var folder = run.Simulator.AddFolder(SimulatedFolder.Of("tx-1", Verdict.OperatorRequired));

        var all = await run.OzApiJsonAsync($"/api/folders/{folder.FolderId}/analyses/");
        var quality = await run.OzApiJsonAsync($"/api/folders/{folder.FolderId}/analyses/?type=QUALITY&state=FINISHED");
        var one = await run.OzApiJsonAsync($"/api/analyses/{folder.Analyses[1].AnalysisId}");

        Assert.Equal(2, all.AsArray().Count);
        Assert.Equal(0.0579, (double)Assert.Single(quality.AsArray())!["results_media"]![0]!["results_data"]!["confidence_spoofing"]!);
        Assert.Equal("BIOMETRY", (string?)one["type"]);
    }

    [Theory]
    [InlineData("/api/folders/none")]
    [InlineData("/api/folders/none/analyses/")]
    [InlineData("/api/analyses/none")]
    [InlineData("/api/collections/")]
    public async Task What_does_not_exist_gets_error_10(string path)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.OzApiAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(JsonNode.DeepEquals(Sample.Read("api-error-10-not-exist"), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task A_patch_adds_and_changes_metadata()
    {
        await using var run = await SimulatorRun.StartAsync();
        var folder = run.Simulator.AddFolder(SimulatedFolder.Of("page-made"));

        using var answer = await run.OzApiAsync(
            $"/api/folders/{folder.FolderId}/meta_data/", HttpMethod.Patch, "{\"transaction_id\":\"server-made\",\"iin\":\"123\"}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var changed = run.Simulator.Folders.Single();
        Assert.Equal("server-made", changed.MetaData["transaction_id"]);
        Assert.Equal("123", changed.MetaData["iin"]);
        Assert.True(changed.TimeUpdated >= folder.TimeUpdated);
        var found = await run.OzApiJsonAsync("/api/folders/?meta_data=transaction_id==server-made");
        Assert.Equal(1, (int)found["total"]!);
    }

    [Theory]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{\"a\":{}}", HttpStatusCode.BadRequest)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task A_patch_that_is_no_flat_object_is_refused(string body, HttpStatusCode status)
    {
        await using var run = await SimulatorRun.StartAsync();
        var folder = run.Simulator.AddFolder(SimulatedFolder.Of("tx-1"));

        using var answer = await run.OzApiAsync($"/api/folders/{folder.FolderId}/meta_data/", HttpMethod.Patch, body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(folder.MetaData, run.Simulator.Folders.Single().MetaData);
    }

    [Fact]
    public async Task A_wrong_method_gets_error_1()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.OzApiAsync("/api/folders/x/meta_data/", HttpMethod.Put, "{}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_container_posted_by_a_backend_becomes_a_folder()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Declined);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/folders/") { Content = new ByteArrayContent(new byte[5000]) };
        request.Headers.Add("X-Forensic-Access-Token", run.Simulator.Options.OzApiToken);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        using var answer = await run.Client.SendAsync(request);

        var folder = run.Simulator.Folders.Single();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(folder.FolderId, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["folder_id"]);
        Assert.Equal(("DECLINED", 5000), (folder.SystemResolution, folder.Media.Single().Length));
    }
}
