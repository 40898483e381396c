using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class StandInScriptTests
{
    // The little of a browser that the script needs; each callback becomes a line of output.
    private const string Browser = """
        globalThis.window = globalThis;
        const element = () => ({ style: {}, setAttribute() {}, remove() {} });
        globalThis.document = { currentScript: { src: SCRIPT }, createElement: element, body: { appendChild() {} } };
        const line = (name) => (argument) => console.log(JSON.stringify([name, argument === undefined ? null : argument]));
        const options = { lang: 'en', action: ['video_selfie_blank'], meta: { KEY: 'page-made' }, standin: STANDIN };
        for (const name of ['on_capture_complete', 'on_submit', 'on_result', 'on_complete', 'on_error', 'on_close']) options[name] = line(name);
        """;

    private static readonly string[] PassedCallbacks = ["on_capture_complete", "on_submit", "on_result", "on_result", "on_result", "on_complete"];

    public static TheoryData<string> Dialects()
    {
        // node's fetch keeps no cookies, so dialects that carry the session in one are left to browsers.
        var data = new TheoryData<string> { "default", "contrary" };
        foreach (var seed in Enumerable.Range(1, 12).Where(static seed => Dialect.Random(seed).SessionCarrier != SessionCarrier.Cookie))
        {
            data.Add($"random:{seed}");
        }

        return data;
    }

    [TheoryWithNode]
    [MemberData(nameof(Dialects))]
    public async Task The_script_is_valid_javascript(string dialect)
    {
        await using var run = await SimulatorRun.StartAsync(dialect: Dialect.Named(dialect));
        using var script = await run.Client.SendAsync(run.Dialect.Script(run.Simulator.Address));

        var (exitCode, output) = await Node.RunAsync(await script.Content.ReadAsStringAsync(), "--check", "-");

        Assert.True(exitCode == 0, output);
    }

    [TheoryWithNode]
    [MemberData(nameof(Dialects))]
    public async Task The_script_completes_a_check(string dialect)
    {
        await using var run = await SimulatorRun.StartAsync(dialect: Dialect.Named(dialect));

        var callbacks = await OpenAsync(run, "{ media_bytes: 2000000, poll_interval_ms: 10, capture_ms: 1 }");

        Assert.Equal(PassedCallbacks, callbacks.Select(static callback => callback.Name));
        Assert.Equal(run.Dialect.FinishedWord, (string?)callbacks[^1].Argument![run.Dialect.StateMember]);
        Assert.Equal("page-made", run.Simulator.Received.Single().Meta(run.Dialect.TransactionIdKey));
        Assert.Equal(2_000_000, run.Simulator.Folders.Single().Media.Single().Length);
        Assert.Single(run.Simulator.Received.Of(RequestKind.Config));
        Assert.NotEmpty(run.Simulator.Received.Telemetry);
    }

    [TheoryWithNode]
    [InlineData("multipart")]
    [InlineData("json")]
    [InlineData("form")]
    [InlineData("container")]
    public async Task The_script_sends_every_form(string kind)
    {
        await using var run = await SimulatorRun.StartAsync();

        var callbacks = await OpenAsync(run, $"{{ media_bytes: 70000, poll_interval_ms: 10, capture_ms: 1, body: '{kind}' }}");

        Assert.Equal("on_complete", callbacks[^1].Name);
        Assert.Equal(70_000, run.Simulator.Folders.Single().Media.Single().Length);
        Assert.Equal(kind == "container" ? null : "page-made", run.Simulator.Received.Single().Meta("transaction_id"));
    }

    [TheoryWithNode]
    [InlineData(ResultMode.Safe)]
    [InlineData(ResultMode.Status)]
    public async Task The_script_is_content_with_a_state(ResultMode mode)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { ResultMode = mode });

        var callbacks = await OpenAsync(run, "{ media_bytes: 10, poll_interval_ms: 10, capture_ms: 1 }");

        Assert.Equal(PassedCallbacks, callbacks.Select(static callback => callback.Name));
    }

    [TheoryWithNode]
    [InlineData(Breakage.EarlyRefusal, "overloaded")]
    [InlineData(Breakage.Html, "unexpected_answer")]
    [InlineData(Breakage.ErrorStatus500WithDetails, "http_500")]
    [InlineData(Breakage.NoAnswer, "network_error")]
    public async Task The_script_tells_an_error(Breakage breakage, string code)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { Breakage = breakage });

        var callbacks = await OpenAsync(run, "{ media_bytes: 10, poll_interval_ms: 10, capture_ms: 1 }");

        var (name, error) = callbacks[^1];
        Assert.Equal("on_error", name);
        Assert.Equal(code, (string?)error!["code"]);
        Assert.Equal(["code", "event_session_id", "message", "context"], error.AsObject().Select(static member => member.Key));
    }

    private static async Task<List<(string Name, JsonNode? Argument)>> OpenAsync(SimulatorRun run, string standIn)
    {
        using var script = run.Dialect.Script(run.Simulator.Address);
        using var answer = await run.Client.SendAsync(script);
        var browser = Browser
            .Replace("SCRIPT", $"'{script.RequestUri}'", StringComparison.Ordinal)
            .Replace("KEY", run.Dialect.TransactionIdKey, StringComparison.Ordinal)
            .Replace("STANDIN", standIn, StringComparison.Ordinal);
        var program = $"{browser}\n{await answer.Content.ReadAsStringAsync()}\nOzLiveness.open(options);";
        var (exitCode, output) = await Node.RunAsync(program, "-");
        Assert.True(exitCode == 0, output);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static text => JsonNode.Parse(text)!)
                .Select(static callback => ((string)callback[0]!, callback[1])),
        ];
    }
}
