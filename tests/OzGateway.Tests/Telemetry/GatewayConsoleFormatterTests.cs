using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Telemetry;

namespace OzGateway.Tests.Telemetry;

/// <summary>One line, one object, and of an exception nothing that a client could have written.</summary>
public sealed class GatewayConsoleFormatterTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_line_is_one_object() => Assert.Equal(
        """{"time":"2026-11-22T12:00:00Z","level":"warning","event":"Named","category":"Room","message":"say \"it\" + more"}""" + Environment.NewLine,
        Write("say \"it\" + more", failure: null));

    [Fact]
    public void A_line_end_in_a_value_ends_no_line()
    {
        var line = Write("a\n{\"level\":\"forged\"}", failure: null);

        Assert.Equal(line.Length - Environment.NewLine.Length, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_is_its_type_and_its_place()
    {
        var line = Write("it failed", Thrown());
        var root = JsonDocument.Parse(line).RootElement;

        Assert.Equal("System.InvalidOperationException", root.GetProperty("exception").GetString());
        Assert.Contains(nameof(Thrown), root.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_within_a_trace_names_it()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var root = JsonDocument.Parse(Write("within", failure: null)).RootElement;

        Assert.Equal(activity.TraceId.ToHexString(), root.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), root.GetProperty("span_id").GetString());
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("planted message", new ArgumentException("planted inner message"));
        }
        catch (InvalidOperationException failure)
        {
            return failure;
        }
    }

    private static string Write(string message, Exception? failure)
    {
        using var writer = new StringWriter();
        new GatewayConsoleFormatter(Time).Write(
            new LogEntry<string>(LogLevel.Warning, "Room", new EventId(1, "Named"), message, failure, static (state, _) => state), null, writer);
        return writer.ToString();
    }
}
