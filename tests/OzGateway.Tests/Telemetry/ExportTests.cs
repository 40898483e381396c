using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Telemetry;

/// <summary>What leaves for a collector: what was decided, and nothing of whom or what.</summary>
[CollectionDefinition(nameof(ExportTests), DisableParallelization = true)]
[Collection(nameof(ExportTests))]
public sealed class ExportTests
{
    private const string BrowserTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Baggage = "planted-baggage-value";
    private const string TraceState = "planted-trace-state";
    private const string Query = "planted-query-value";

    [Fact]
    public async Task Nothing_of_a_user_a_body_or_a_result_is_in_the_exported_bytes()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        // The standard variables belong to the process: no other test runs beside this one.
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.AbsoluteUri);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            await using var run = await GatewayRun.StartAsync();
            run.Simulator.Scenario = Scenario.Success with { PollsUntilFinished = 1 };
            using var browser = run.Browser("planted-claim-user");
            await browser.OpenAsync();
            var submitted = await browser.SubmitAsync(change: request =>
            {
                request.RequestUri = new Uri(request.RequestUri + $"?ver={Query}");
                request.Headers.Add("traceparent", $"00-{BrowserTrace}-00f067aa0ba902b7-01");
                request.Headers.Add("tracestate", $"vendor={TraceState}");
                request.Headers.Add("baggage", $"user={Baggage}");
            });
            await browser.PollAsync();
            using var backend = run.BackendClient();
            Assert.Equal("success", await backend.OutcomeAsync(submitted.TransactionId!, "planted-claim-user"));
            await backend.AskAsync(submitted.TransactionId!, "planted-other-user");
            await FlushAsync(run);

            string[] planted =
            [
                "planted-", The.PageTransaction, The.PageUser, The.PageIin, "Astana-7", submitted.TransactionId!, The.BackendKey, The.JwtSecret,
                Tokens.For("planted-claim-user", run.Time.GetUtcNow())[..60], browser.AdapterSession, "0.0579", "confidence", "original_url", run.Simulator.Folders.Single().FolderId,
            ];
            var exported = Encoding.Latin1.GetString(receiver.Bytes);
            var logged = string.Join('\n', run.Logs.Lines.Where(line => line.Level >= LogLevel.Information).Select(line => line.Text));
            Assert.All(planted, value => Assert.DoesNotContain(value, exported, StringComparison.OrdinalIgnoreCase));
            Assert.All(planted, value => Assert.DoesNotContain(value, logged, StringComparison.OrdinalIgnoreCase));

            var traces = Encoding.Latin1.GetString(receiver.Traces);
            Assert.All(["ozgateway.attempt", "ozgateway.transaction", "ozgateway.projection", "POST /request.php"], name => Assert.Contains(name, traces, StringComparison.Ordinal));
            Assert.DoesNotContain("proxy.forwarder", traces, StringComparison.Ordinal);
            Assert.Contains("ozgateway.attempts", exported, StringComparison.Ordinal);
            Assert.Contains("SubmissionDecided", exported, StringComparison.Ordinal);

            // The browser's trace is a link, not the parent: its id stands in the bytes, but upstream got another.
            Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(BrowserTrace)), traces, StringComparison.Ordinal);
            var upstream = run.Simulator.Received.Single();
            Assert.DoesNotContain(BrowserTrace, upstream.Header("traceparent"), StringComparison.Ordinal);
            Assert.Equal(submitted.Headers.Single(header => header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)).Value, upstream.Header("traceparent")!.Split('-')[1]);
            Assert.Null(upstream.Header("baggage"));
            Assert.Null(upstream.Header("tracestate"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }
    }

    // A server span ends after the client has its answer.
    private static async Task FlushAsync(GatewayRun run)
    {
        await Task.Delay(300);
        run.Services.GetRequiredService<TracerProvider>().ForceFlush();
        run.Services.GetRequiredService<MeterProvider>().ForceFlush();
        run.Services.GetRequiredService<LoggerProvider>().ForceFlush();
    }
}
