using System.Collections.Concurrent;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Forwarding;

/// <summary>Cookies of the adapter that did not pass: counted, and each name logged once. Names, never values.</summary>
internal sealed partial class CookieWatch(GatewayMetrics metrics, ILogger<CookieWatch> logger)
{
    private const int MaxNames = 64;
    private const int MaxLength = 64;

    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>A cookie was dropped.</summary>
    public void Dropped(ReadOnlySpan<char> name)
    {
        metrics.CookieDropped();
        if (name.Length is 0 or > MaxLength || _names.Count >= MaxNames)
        {
            return;
        }

        var text = name.ToString();
        if (TextShapes.IsToken(text) && _names.TryAdd(text, true))
        {
            Log.CookieDropped(logger, text);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CookieDropped, LogLevel.Information, "A cookie of the adapter does not pass, for it is not named in upstreams.*.session.cookies: {Cookie}.", EventName = nameof(CookieDropped))]
        internal static partial void CookieDropped(ILogger logger, string cookie);
    }
}
