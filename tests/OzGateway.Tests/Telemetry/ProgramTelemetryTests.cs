using System.Text;
using OzGateway.Simulator;

namespace OzGateway.Tests.Telemetry;

/// <summary>The program as a process with the standard variables: everything it says of one check, to collector, console and audit.</summary>
public sealed class ProgramTelemetryTests(ToldCheck told) : IClassFixture<ToldCheck>
{
    [Fact]
    public void Nothing_of_a_user_a_body_or_a_result_is_said_anywhere()
    {
        var exported = Encoding.Latin1.GetString(told.Receiver.Bytes);

        Assert.All(told.Planted, value => Assert.DoesNotContain(value, exported, StringComparison.OrdinalIgnoreCase));
        Assert.All(told.Planted, value => Assert.DoesNotContain(value, told.Console, StringComparison.OrdinalIgnoreCase));
        Assert.All(told.Planted, value => Assert.DoesNotContain(value, told.Audit, StringComparison.OrdinalIgnoreCase));
        Assert.All(told.Planted, value => Assert.DoesNotContain(value, told.Scrape.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Metrics_logs_and_traces_all_arrive() =>
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], told.Receiver.Paths.Distinct().Order());

    [Fact]
    public void Our_metrics_and_log_events_are_among_them_and_the_proxys_own_spans_are_not()
    {
        var exported = Encoding.Latin1.GetString(told.Receiver.Bytes);

        Assert.Contains("ozgateway.attempts", exported, StringComparison.Ordinal);
        Assert.Contains("SubmissionDecided", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy.forwarder", exported, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_reads_the_same_numbers_beside_the_receiver()
    {
        string[] measured =
        [
            "ozgateway_attempts_total{", "ozgateway_attempt_acquire_duration_seconds_bucket{", "ozgateway_transactions_total{", "ozgateway_injections_total{",
            "ozgateway_projections_total{", "ozgateway_relay_suspected_total{", "ozgateway_results_lookups_total{", "http_server_request_duration_seconds_count{",
            "http_client_request_duration_seconds_count{", "dotnet_gc_collections_total{",
        ];

        Assert.StartsWith("text/plain", told.Scrape.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.All(measured, name => Assert.Contains($"\n{name}", told.Scrape.Text, StringComparison.Ordinal));
        Assert.Matches("(?m)^ozgateway_attempts_total\\{[^}]*ozgateway_result=\"allowed\"[^}]*\\} 1\\b", told.Scrape.Text);
    }

    [Fact]
    public void The_request_id_in_the_answer_is_the_trace() =>
        Assert.Equal(told.SubmissionRequestId, TraceOf(told.Simulator.Received.Single()));

    [Fact]
    public void Every_forwarded_call_has_one_server_and_one_client_span_in_one_trace()
    {
        foreach (var received in told.Simulator.Received.All.Where(request => request.Face is Face.WebAdapter))
        {
            var trace = received.Header("traceparent")!.Split('-')[1];
            var spans = told.Spans.Where(span => span.Trace == trace).ToList();

            var server = Assert.Single(spans, span => span.Kind == ExportedSpan.Server);
            var client = Assert.Single(spans, span => span.Kind == ExportedSpan.Client);
            Assert.Equal("", server.Parent);
            Assert.Equal(received.Header("traceparent")!.Split('-')[2], client.Id);
        }
    }

    [Fact]
    public void A_submission_has_its_three_small_spans_and_a_poll_has_one()
    {
        var submission = told.Spans.Where(span => span.Trace == TraceOf(told.Simulator.Received.Single())).ToList();
        var poll = told.Spans.Where(span => span.Trace == TraceOf(told.Simulator.Received.Polls.Single())).ToList();

        Assert.Equal(["ozgateway.attempt", "ozgateway.projection", "ozgateway.transaction"], Names(submission));
        Assert.Equal(["ozgateway.projection"], Names(poll));
        Assert.Equal("allowed", submission.Single(span => span.Name == "ozgateway.attempt").Tags["ozgateway.result"]);
        Assert.Equal("submitted", submission.Single(span => span.Name == "ozgateway.transaction").Tags["ozgateway.result"]);
        Assert.Equal("processing", submission.Single(span => span.Name == "ozgateway.projection").Tags["ozgateway.result"]);
        Assert.Equal("finished", poll.Single(span => span.Name == "ozgateway.projection").Tags["ozgateway.result"]);

        static IEnumerable<string> Names(IEnumerable<ExportedSpan> spans) => spans.Where(span => span.Kind == ExportedSpan.Internal).Select(span => span.Name).Order();
    }

    [Fact]
    public void The_browsers_trace_is_a_link_of_the_server_span_and_nobodys_parent()
    {
        var server = told.Spans.Single(span => span.Kind == ExportedSpan.Server && span.Trace == TraceOf(told.Simulator.Received.Single()));

        Assert.Equal([ToldCheck.BrowserTrace], server.LinkedTraces);
        Assert.DoesNotContain(told.Spans, span => span.Trace == ToldCheck.BrowserTrace);
        Assert.Null(told.Simulator.Received.Single().Header("baggage"));
        Assert.Null(told.Simulator.Received.Single().Header("tracestate"));
    }

    [Fact]
    public void A_transaction_is_named_alike_in_spans_and_audit_and_never_by_its_id()
    {
        var hash = told.Spans.Single(span => span.Kind == ExportedSpan.Server && span.Trace == TraceOf(told.Simulator.Received.Single())).Tags["ozgateway.transaction.hash"];

        Assert.Matches("^[A-Za-z0-9_-]{16}$", hash);
        Assert.Contains($"\"transaction\":\"{hash}\"", told.Audit, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_leave_by_an_allow_list()
    {
        string[] allowed =
        [
            "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.name", "network.protocol.version", "error.type",
            "ozgateway.route", "ozgateway.result", "ozgateway.reason", "ozgateway.mode", "ozgateway.transaction.hash",
        ];

        Assert.Empty(told.Spans.SelectMany(span => span.Tags.Keys).Distinct().Except(allowed));
    }

    [Fact]
    public void Every_line_on_the_console_is_one_JSON_object_with_its_event()
    {
        Assert.All(told.Console.Split('\n'), line =>
        {
            var root = System.Text.Json.JsonDocument.Parse(line).RootElement;
            Assert.True(root.TryGetProperty("time", out _) && root.TryGetProperty("level", out _) && root.TryGetProperty("message", out _), line);
        });
        Assert.Matches($"\"event\":\"SubmissionDecided\".*\"trace_id\":\"{TraceOf(told.Simulator.Received.Single())}\"", told.Console);
    }

    [Fact]
    public void The_audit_holds_the_decisions_of_the_check()
    {
        var events = told.Audit.TrimEnd('\n').Split('\n').Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());

        Assert.Equal(["relay_suspected", "submission", "verdict", "relay_suspected"], events);
    }

    private static string TraceOf(ReceivedRequest received) => received.Header("traceparent")!.Split('-')[1];
}
