using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class BreakageTests
{
    [Theory]
    [InlineData(Breakage.Html, "<html>")]
    [InlineData(Breakage.HtmlWithJson, "confidence_spoofing")]
    [InlineData(Breakage.NotJson, "resolution declined")]
    [InlineData(Breakage.TrailingDocument, "\n{\"resolution\":\"declined\"}")]
    [InlineData(Breakage.DuplicateState, "{\"state\":\"processing\",\"state\":\"finished\"")]
    [InlineData(Breakage.VerdictAsState, "\"state\":\"declined\"")]
    [InlineData(Breakage.StateNotString, "\"state\":{\"value\":\"finished\"}")]
    [InlineData(Breakage.UnknownMember, "\"outcome\":\"declined\"")]
    [InlineData(Breakage.LeakBesideResult, "\"resolution\":\"declined\"")]
    [InlineData(Breakage.LeakToken, "\"access_token\"")]
    [InlineData(Breakage.TooDeep, "[[[[[[[[[[")]
    public async Task A_broken_answer_holds_what_its_name_says(Breakage breakage, string expected)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = breakage, Verdict = Verdict.Declined });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_beside_the_result_stands_outside_its_wrapper()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.LeakBesideResult }, Dialect.Contrary);

        var answer = JsonNode.Parse(await run.SubmitTextAsync(await run.InitAsync()))!;

        Assert.Equal("success", (string?)answer["resolution"]);
        Assert.Single(answer["reports"]!.AsArray());
    }

    [Fact]
    public async Task A_truncated_document_is_whole_as_a_message()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.Truncated });

        var answer = await run.SubmitTextAsync(await run.InitAsync());

        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(answer));
    }

    [Theory]
    [InlineData(Breakage.CutConnection)]
    [InlineData(Breakage.NoAnswer)]
    public async Task A_cut_connection_is_an_error_of_transport(Breakage breakage)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = breakage });
        var session = await run.InitAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => run.SubmitTextAsync(session));
    }

    [Fact]
    public async Task A_stalled_answer_begins_and_does_not_end()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.Stalled });
        var request = run.Dialect.Submission(run.Simulator.Address, await run.InitAsync(), SimulatorRun.NoMeta, [MediaPart.OfSize(10)], BodyKind.Multipart);

        using var answer = await run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[answer.Content.Headers.ContentLength!.Value / 2];
        await body.ReadExactlyAsync(first);
        var more = body.ReadAsync(new byte[1]).AsTask();

        Assert.StartsWith("{\"state\"", System.Text.Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Assert.False(more.IsCompleted);
    }

    [Fact]
    public async Task An_oversized_answer_is_valid_json_beyond_8_MiB()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.Oversized });

        var answer = await run.SubmitTextAsync(await run.InitAsync());

        Assert.True(answer.Length > 8 * 1024 * 1024);
        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(answer));
    }

    [Fact]
    public async Task An_error_status_tells_details()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.ErrorStatus500WithDetails });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("confidence_spoofing", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("success", answer.ReasonPhrase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_tells_the_folder_in_its_location()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.Redirect });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("folder_id=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_headers_and_the_reason_phrase_tell_the_verdict()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = Breakage.ExtraHeaders, Verdict = Verdict.Declined });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal("declined", answer.Headers.GetValues("X-Oz-Resolution").Single());
        Assert.Contains("declined", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal("OK declined", answer.ReasonPhrase);
    }

    [Theory]
    [InlineData(Breakage.WrongContentType, "image/png")]
    [InlineData(Breakage.NoContentType, null)]
    public async Task A_wrong_content_type_stands_on_the_right_json(Breakage breakage, string? contentType)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = breakage });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(contentType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(Breakage.MissingState)]
    [InlineData(Breakage.InvalidUtf8)]
    [InlineData(Breakage.EmptyBody)]
    public async Task An_answer_without_a_readable_state_has_none(Breakage breakage)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Breakage = breakage });
        using var answer = await run.SubmitAsync(await run.InitAsync());
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(breakage == Breakage.InvalidUtf8, body.Contains((byte)0xFF));
        Assert.True(breakage == Breakage.InvalidUtf8 || run.Dialect.ReadState(System.Text.Encoding.UTF8.GetString(body)) == CheckState.Unknown);
    }

    [Fact]
    public async Task An_early_refusal_does_not_wait_for_the_upload()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { Breakage = Breakage.EarlyRefusal });
        var session = await run.InitAsync();

        using var answer = await run.SubmitAsync(session);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.False(run.Simulator.Received.Single().Complete);
        Assert.Empty(run.Simulator.Folders);
    }

    [Fact]
    public async Task A_breakage_strikes_only_the_answers_it_is_meant_for()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { Breakage = Breakage.LeakToken, BreakageOn = AnswerKinds.Sessions });

        using var init = await run.Client.SendAsync(run.Dialect.Init(run.Simulator.Address));
        using var config = await run.Client.SendAsync(run.Dialect.Config(run.Simulator.Address));
        var text = await init.Content.ReadAsStringAsync();

        Assert.Contains("api_token", text, StringComparison.Ordinal);
        Assert.Contains("api_token", await config.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("api_token", await run.SubmitTextAsync(run.Dialect.ReadSession(text)!), StringComparison.Ordinal);
    }
}
