using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OzGateway.Telemetry;

/// <summary>Logs to the console as JSON; traces, metrics and logs to OTLP where the standard variables name a receiver.</summary>
internal static class TelemetryRegistration
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers logging, tracing and metrics.</summary>
    public static void AddGatewayTelemetry(this WebApplicationBuilder builder)
    {
        AddLogs(builder.Logging);
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        var export = new TraceExport(builder.Configuration[EndpointVariable] is { Length: > 0 });
        builder.Services.AddSingleton(export);
        // Without a receiver nobody listens: what is not recorded costs nothing, and traces still have their ids.
        if (export.IsOn)
        {
            AddExport(builder.Services);
        }
    }

    /// <summary>Version of the program.</summary>
    public static string Version() =>
        typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static void AddExport(IServiceCollection services)
    {
        // The instrumentation would read the browser's trace a second time if the default were a composite.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ozgateway", serviceVersion: Version()))
            .WithTracing(tracing => tracing
                .AddSource(TelemetryNames.Source)
                .AddAspNetCoreInstrumentation(options => options.RecordException = false)
                .AddHttpClientInstrumentation(options => options.RecordException = false)
                .AddProcessor<SpanAllowList>())
            .WithMetrics(metrics => metrics
                .AddMeter(TelemetryNames.Source)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static void AddLogs(ILoggingBuilder logging)
    {
        logging.AddConsole(console => console.FormatterName = GatewayConsoleFormatter.FormatterName);
        logging.AddConsoleFormatter<GatewayConsoleFormatter, ConsoleFormatterOptions>();
        logging.SetMinimumLevel(LogLevel.Information);
        // Below these levels the framework writes request paths, queries and addresses of upstream into its lines.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails is told in one line on standard error, not with a stack here; a background service that fails is critical.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Error);
        logging.AddFilter("Polly", LogLevel.Error);
    }
}
