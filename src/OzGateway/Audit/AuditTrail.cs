using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace OzGateway.Audit;

/// <summary>
/// Append-only JSON lines, one per decision, in the order of decision. One writer; a full queue holds the request up
/// rather than lose a line. A line that cannot be written is a critical log event: the program goes on.
/// </summary>
internal sealed partial class AuditTrail(AuditSink sink, TimeProvider time, ILogger<AuditTrail> logger) : BackgroundService
{
    private const int QueueLimit = 4096;

    // For the lines that are left where the stop is overdue already, for whose sake ever.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    private static readonly JsonSerializerOptions Lines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Channel<(DateTimeOffset At, AuditEvent What)> _queue =
        Channel.CreateBounded<(DateTimeOffset, AuditEvent)>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    /// <summary>Takes a decision down. It is written even when the request has gone.</summary>
    public ValueTask RecordAsync(AuditEvent what) => _queue.Writer.WriteAsync((time.GetUtcNow(), what), CancellationToken.None);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await WaitAsync(writing, cancellationToken);
        }

        await base.StopAsync(cancellationToken);
    }

    private async Task WaitAsync(Task writing, CancellationToken overdue)
    {
        try
        {
            await writing.WaitAsync(overdue);
        }
        catch (OperationCanceledException) when (overdue.IsCancellationRequested)
        {
            if (await Task.WhenAny(writing, Task.Delay(LastMoment, time, CancellationToken.None)) != writing)
            {
                AuditLog.AuditFailed(logger, "the stop was not given the time");
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (at, what) in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await sink.WriteLineAsync(Line(at, what));
            }
            catch (IOException failure)
            {
                AuditLog.AuditFailed(logger, failure.GetType().Name);
            }
        }
    }

    /// <summary>A decision as a line.</summary>
    internal static byte[] Line(DateTimeOffset at, AuditEvent what)
    {
        var line = JsonSerializer.SerializeToNode(what, Lines)!.AsObject();
        line.Insert(0, "audit", at.UtcDateTime.ToString("O"));
        return JsonSerializer.SerializeToUtf8Bytes(line, Lines);
    }

    private static partial class AuditLog
    {
        [LoggerMessage(Telemetry.EventIds.AuditFailed, LogLevel.Critical, "A line of the audit trail cannot be written: {Reason}.", EventName = nameof(AuditFailed))]
        internal static partial void AuditFailed(ILogger logger, string reason);
    }
}
