using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Telemetry;

namespace OzGateway.Tests.Testing;

/// <summary>What one counter of one program counted, with its tags.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Dictionary<string, object?>> _measured = new();
    private readonly ConcurrentQueue<(string Tags, long Count)> _counted = new();

    public MetricRecorder(GatewayRun run, string instrument)
        : this(run.Services.GetRequiredService<IMeterFactory>().Create(TelemetryNames.Source), instrument)
    {
    }

    private MetricRecorder(Meter meter, string instrument)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument && published.Meter == meter)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            _measured.Enqueue(new Dictionary<string, object?>(tags.ToArray()));
            _counted.Enqueue((string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")), count));
        });
        _listener.Start();
    }

    /// <summary>The values of a tag, in the order of counting.</summary>
    public IReadOnlyList<string?> Tags(string tag) => [.. _measured.Select(tags => tags.GetValueOrDefault(tag)?.ToString())];

    /// <summary>How much was counted under each set of tags (<c>name=value,...</c>).</summary>
    public IReadOnlyDictionary<string, long> Sums => _counted.GroupBy(each => each.Tags).ToDictionary(group => group.Key, group => group.Sum(each => each.Count));

    public void Dispose() => _listener.Dispose();
}
