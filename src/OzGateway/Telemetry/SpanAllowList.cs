using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace OzGateway.Telemetry;

/// <summary>Attributes leave by an allow-list: paths, queries, addresses, agents and messages of exceptions do not.</summary>
internal sealed class SpanAllowList : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.name", "network.protocol.version",
        "error.type", TelemetryNames.RouteTag, TelemetryNames.ResultTag, TelemetryNames.ReasonTag, TelemetryNames.ModeTag, TelemetryNames.TransactionHashTag,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Allowed.Contains(tag.Key)).ToList())
        {
            data.SetTag(tag.Key, null);
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }
}
