using Microsoft.AspNetCore.Server.Kestrel.Core;
using OzGateway.Edge;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>What one connection may ask of the gateway.</summary>
internal sealed record DoorLimitsPolicy
{
    private const int FrameBytes = 16 << 10;
    private const int HeaderTableBytes = 4 << 10;
    private const int RequestLineBytes = 8 << 10;

    // What may wait for a client in front of the system: a piece that is being handed on, and what the server holds back of those before it.
    private const int WaitingBytes = 128 << 10;

    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    /// <summary>For the head of a request. 1s to 5m; default 10s.</summary>
    public required TimeSpan HeadTimeout { get; init; }

    /// <summary>For a connection without a request. 1s to 1h; default 130s.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>For the TLS handshake. 1s to 1m; default 10s.</summary>
    public required TimeSpan HandshakeTimeout { get; init; }

    /// <summary>All headers of a request. 4 KiB to 1 MiB; default 32 KiB.</summary>
    public required int HeadBytes { get; init; }

    /// <summary>Headers of a request. 10 to 1000; default 100.</summary>
    public required int HeaderLimit { get; init; }

    /// <summary>Bytes a second of a body. 64 B to 1 MiB; default 1 KiB.</summary>
    public required int UploadRate { get; init; }

    /// <summary>Bytes a second of an answer. 64 B to 1 MiB; default 4 KiB.</summary>
    public required int DownloadRate { get; init; }

    /// <summary>For a client to take anything of what was sent to it. 1s to 10m; default 30s.</summary>
    public required TimeSpan SendTimeout { get; init; }

    /// <summary>The same for one call, on every system and whatever windows the client keeps shut.</summary>
    public TakingLimit Taking => new(SendTimeout + TimeSpan.FromSeconds((double)WaitingBytes / DownloadRate));

    /// <summary>Calls at once on an HTTP/2 connection. 1 to 10 000; default 100.</summary>
    public required int StreamLimit { get; init; }

    /// <summary>Silence before an HTTP/2 connection is asked whether it is alive. 5s to 1h; default 60s.</summary>
    public required TimeSpan PingAfter { get; init; }

    /// <summary>For its answer. 1s to 5m; default 20s.</summary>
    public required TimeSpan PingTimeout { get; init; }

    /// <summary>Window of a call on HTTP/2. 64 KiB to 16 MiB; default 768 KiB.</summary>
    public required int StreamWindowBytes { get; init; }

    /// <summary>Window of an HTTP/2 connection. 64 KiB to 64 MiB; default 1 MiB.</summary>
    public required int ConnectionWindowBytes { get; init; }

    /// <summary>The policy that the options mean; of use only where no error was found.</summary>
    /// <param name="options">The section <c>doors.limits</c> as written.</param>
    /// <param name="errors">Where errors go.</param>
    public static DoorLimitsPolicy Create(DoorLimitsOptions options, ConfigurationErrors errors)
    {
        Http2Options http2 = options.Http2 ?? new();
        OptionRanges.Check(options, "doors.limits", errors);
        OptionRanges.Check(http2, "doors.limits.http2", errors);
        DoorLimitsPolicy policy = new()
        {
            HeadTimeout = options.HeadTimeout ?? TimeSpan.FromSeconds(10),
            IdleTimeout = options.IdleTimeout ?? TimeSpan.FromSeconds(130),
            HandshakeTimeout = options.HandshakeTimeout ?? TimeSpan.FromSeconds(10),
            HeadBytes = Bytes(options.HeadSize, 32 << 10),
            HeaderLimit = options.Headers ?? 100,
            UploadRate = Bytes(options.UploadRate, 1 << 10),
            DownloadRate = Bytes(options.DownloadRate, 4 << 10),
            SendTimeout = options.SendTimeout ?? TimeSpan.FromSeconds(30),
            StreamLimit = http2.Streams ?? 100,
            PingAfter = http2.PingAfter ?? TimeSpan.FromSeconds(60),
            PingTimeout = http2.PingTimeout ?? TimeSpan.FromSeconds(20),
            StreamWindowBytes = Bytes(http2.StreamWindow, 768 << 10),
            ConnectionWindowBytes = Bytes(http2.ConnectionWindow, 1 << 20),
        };
        if (policy.ConnectionWindowBytes < policy.StreamWindowBytes)
        {
            errors.Add("doors.limits.http2", ConfigurationCode.Contradiction, $"has a connection_window of {UnitText.Print(policy.ConnectionWindowBytes)}, less than its stream_window of {UnitText.Print(policy.StreamWindowBytes)}. Make it at least as large.");
        }

        return policy;
    }

    /// <summary>Sets the server's limits. Bodies have limits of their own, per call.</summary>
    /// <param name="limits">The server's.</param>
    public void Apply(KestrelServerLimits limits)
    {
        limits.RequestHeadersTimeout = HeadTimeout;
        limits.KeepAliveTimeout = IdleTimeout;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeadBytes;
        limits.MaxRequestHeaderCount = HeaderLimit;
        limits.MinRequestBodyDataRate = new MinDataRate(UploadRate, RateGrace);
        limits.MinResponseDataRate = new MinDataRate(DownloadRate, RateGrace);
        limits.Http2.MaxStreamsPerConnection = StreamLimit;
        limits.Http2.KeepAlivePingDelay = PingAfter;
        limits.Http2.KeepAlivePingTimeout = PingTimeout;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.MaxFrameSize = FrameBytes;
        limits.Http2.HeaderTableSize = HeaderTableBytes;
        limits.Http2.MaxRequestHeaderFieldSize = HeadBytes;
    }

    private static int Bytes(long? written, int standard) => (int)Math.Min(written ?? standard, int.MaxValue);
}
