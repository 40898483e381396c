using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OzGateway.Telemetry;

/// <summary>Logs to the console as JSON; traces, metrics and logs to OTLP where the standard variables name a receiver; metrics to Prometheus where configured.</summary>
internal static class TelemetryRegistration
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers logging, tracing and metrics.</summary>
    public static void AddGatewayTelemetry(this WebApplicationBuilder builder, TelemetryPolicy policy)
    {
        AddLogs(builder.Logging);
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        var export = new TraceExport(builder.Configuration[EndpointVariable] is { Length: > 0 });
        builder.Services.AddSingleton(export);
        // Without a receiver nobody listens: what is not recorded costs nothing, and traces still have their ids.
        if (export.IsOn || policy.Prometheus)
        {
            var telemetry = AddMetrics(builder.Services);
            if (policy.Prometheus)
            {
                telemetry.WithMetrics(metrics => metrics.AddPrometheusExporter());
            }

            if (export.IsOn)
            {
                AddExport(telemetry);
            }
        }
    }

    /// <summary>Version of the program.</summary>
    public static string Version() =>
        typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static OpenTelemetryBuilder AddMetrics(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("ozgateway", serviceVersion: Version()))
        .WithMetrics(metrics => metrics
            .AddMeter(TelemetryNames.Source)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation());

    private static void AddExport(OpenTelemetryBuilder telemetry)
    {
        // The instrumentation would read the browser's trace a second time if the default were a composite.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        telemetry
            .WithTracing(tracing => tracing
                .AddSource(TelemetryNames.Source)
                .AddAspNetCoreInstrumentation(options => options.RecordException = false)
                .AddHttpClientInstrumentation(options => options.RecordException = false)
                .AddProcessor<SpanAllowList>())
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
