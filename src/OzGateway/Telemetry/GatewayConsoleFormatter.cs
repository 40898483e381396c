using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OzGateway.Telemetry;

/// <summary>One JSON object per log line, with the trace id. Of an exception its type and place stand there, never its message.</summary>
internal sealed class GatewayConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    // Lines go to a terminal or a collector, never into a page: quotes and plus signs stay readable.
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name under which it is registered.</summary>
    public const string FormatterName = "ozgateway";

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", TelemetryNames.Word(logEntry.LogLevel));
            json.WriteString("event", logEntry.EventId.Name);
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, null));
            if (logEntry.Exception is { } failure)
            {
                json.WriteString("exception", failure.GetType().FullName);
                json.WriteString("stack", failure.StackTrace);
            }

            if (Activity.Current is { } activity)
            {
                json.WriteString("trace_id", activity.TraceId.ToHexString());
                json.WriteString("span_id", activity.SpanId.ToHexString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
