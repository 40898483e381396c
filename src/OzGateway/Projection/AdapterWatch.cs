using System.Collections.Concurrent;
using OzGateway.Payloads;
using OzGateway.Telemetry;

namespace OzGateway.Projection;

/// <summary>Drift and posture: names of members that were not known, each logged once, and the mode in which the adapter itself answers.</summary>
internal sealed partial class AdapterWatch(GatewayMetrics metrics, ILogger<AdapterWatch> logger)
{
    // A route is configuration: their number is bounded.
    private readonly ConcurrentDictionary<string, AdapterMode> _modes = new(StringComparer.Ordinal);

    /// <summary>Looks at one answer.</summary>
    public void See(string route, ProjectionPolicy policy, ProjectedAnswer answer)
    {
        var seen = answer.Observations;
        if (seen.UnknownMembers > 0)
        {
            metrics.Drifted(route, seen.UnknownMembers);
        }

        foreach (var name in seen.NewNames)
        {
            Log.MemberUnknown(logger, route, name);
        }

        // While a check runs every mode says less: only a finished one shows which it is.
        if (answer.State is ProjectedState.Finished && !(_modes.TryGetValue(route, out var last) && last == seen.Mode))
        {
            _modes[route] = seen.Mode;
            Change(route, policy.ExpectedAdapterMode, seen.Mode);
        }
    }

    private void Change(string route, AdapterMode expected, AdapterMode mode)
    {
        foreach (var other in Enum.GetValues<AdapterMode>())
        {
            metrics.AdapterMode(route, TelemetryNames.Word(other), other == mode);
        }

        if (mode != expected)
        {
            Log.AdapterModeUnexpected(logger, route, TelemetryNames.Word(mode), TelemetryNames.Word(expected));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.MemberUnknown, LogLevel.Information, "Answers on route {Route} have a member that was not seen before: {Member}. It does not leave.", EventName = nameof(MemberUnknown))]
        internal static partial void MemberUnknown(ILogger logger, string route, string member);

        [LoggerMessage(EventIds.AdapterModeUnexpected, LogLevel.Warning, "The adapter answers on route {Route} in mode {Mode}; expected is {Expected}. Nothing more leaves for it.", EventName = nameof(AdapterModeUnexpected))]
        internal static partial void AdapterModeUnexpected(ILogger logger, string route, string mode, string expected);
    }
}
