using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Telemetry;

/// <summary>Where the standard variables name no receiver nothing is recorded, and a call still has its name.</summary>
public sealed class NoReceiverTests
{
    [Fact]
    public async Task The_request_id_is_the_trace_of_the_adapter_and_of_the_log_line()
    {
        await using var gateway = await GatewayRun.StartAsync();
        using var browser = gateway.Browser();
        await browser.OpenAsync();
        var answer = await browser.SubmitAsync(change: request => request.Headers.Add("traceparent", $"00-{ToldCheck.BrowserTrace}-00f067aa0ba902b7-01"));

        var received = gateway.Simulator.Received.Single();
        Assert.Equal(answer.Headers["X-Request-Id"], received.Header("traceparent")!.Split('-')[1]);
        Assert.NotEqual(ToldCheck.BrowserTrace, answer.Headers["X-Request-Id"]);
        Assert.Null(received.Header("tracestate"));
        Assert.Null(received.Header("baggage"));
        var trace = $"\"trace\":\"{answer.Headers["X-Request-Id"]}\"";
        Assert.Contains(trace, await gateway.AuditAsync(trace), StringComparison.Ordinal);
    }
}
