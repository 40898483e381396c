using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class ResultModeTests
{
    [Theory]
    [InlineData(ResultMode.Safe, "plugin-on_result-safe-processing")]
    [InlineData(ResultMode.Status, "plugin-on_result-status-processing")]
    [InlineData(ResultMode.Folder, "plugin-on_result-folder-processing")]
    [InlineData(ResultMode.Full, "plugin-on_result-status-processing")]
    public async Task A_running_check_looks_like_the_sample(ResultMode mode, string sample)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Processing with { ResultMode = mode });
        var session = await run.InitAsync();
        await run.SubmitTextAsync(session);

        var answer = JsonNode.Parse(await run.PollTextAsync(session))!;

        Sample.AssertSameShape(sample, answer);
        Assert.Equal("processing", (string?)answer["state"]);
    }

    [Theory]
    [InlineData(ResultMode.Safe, Verdict.Success, "plugin-on_complete-safe-finished")]
    [InlineData(ResultMode.Safe, Verdict.Declined, "plugin-on_complete-safe-finished")]
    [InlineData(ResultMode.Status, Verdict.Success, "plugin-on_complete-status-success")]
    [InlineData(ResultMode.Status, Verdict.Declined, "plugin-on_complete-status-declined")]
    [InlineData(ResultMode.Folder, Verdict.Success, "plugin-on_complete-folder-success")]
    [InlineData(ResultMode.Full, Verdict.Success, "plugin-on_complete-full-success")]
    [InlineData(ResultMode.Full, Verdict.Declined, "plugin-on_complete-full-declined")]
    public async Task A_finished_check_looks_like_the_sample(ResultMode mode, Verdict verdict, string sample)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { ResultMode = mode, Verdict = verdict });
        var session = await run.InitAsync();

        var submitted = await run.SubmitTextAsync(session);

        var answer = JsonNode.Parse(submitted)!;
        Sample.AssertSameShape(sample, answer);
        Assert.Equal("finished", (string?)answer["state"]);
        Assert.Equal(submitted, await run.PollTextAsync(session));
        if (mode != ResultMode.Safe)
        {
            Assert.Equal(verdict == Verdict.Success ? "success" : "declined", (string?)answer["analyses"]!["quality"]!["resolution"]);
        }
    }

    [Fact]
    public async Task The_folder_in_the_answer_is_the_folder_of_oz_api()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { ResultMode = ResultMode.Folder });

        var answer = JsonNode.Parse(await run.SubmitTextAsync(await run.InitAsync()))!;

        Assert.Equal(run.Simulator.Folders.Single().FolderId, (string?)answer["folder_id"]);
    }

    [Fact]
    public async Task The_contrary_dialect_wraps_and_renames_the_result()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { ResultMode = ResultMode.Folder }, Dialect.Contrary);

        var answer = JsonNode.Parse(await run.SubmitTextAsync(await run.InitAsync()))!;

        var result = Assert.Single(answer["reports"]!.AsArray())!;
        Assert.Equal("DONE", (string?)result["phase"]);
        Assert.Equal(run.Simulator.Folders.Single().FolderId, (string?)result["dossier"]);
        Assert.Equal("success", (string?)result["findings"]!["quality"]!["resolution"]);
    }
}
