namespace OzGateway.Forwarding;

/// <summary>
/// Holds the adapter to the times of one call, all on one clock: the whole, the wait for the answer, and silence in either direction.
/// It stands in for the lifetime of the request while it is forwarded, so that one token ends everything.
/// </summary>
internal sealed class DeadlineFeature : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly IHttpRequestLifetimeFeature _inner;
    private readonly CallTimes _times;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _firstByte;
    private readonly CancellationTokenSource _sending;
    private readonly CancellationTokenSource _answering;
    private readonly CancellationTokenSource _any;
    private bool _answered;
    private bool _disposed;

    /// <summary>Starts the clock of the whole.</summary>
    public DeadlineFeature(IHttpRequestLifetimeFeature inner, CallTimes times, TimeProvider clock)
    {
        (_inner, _times) = (inner, times);
        _total = new CancellationTokenSource(times.Total, clock);
        _firstByte = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _sending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _answering = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _any = CancellationTokenSource.CreateLinkedTokenSource(inner.RequestAborted, _total.Token, _firstByte.Token, _sending.Token, _answering.Token);
        RequestAborted = _any.Token;
    }

    /// <summary>The time that has passed; null where none has, or where it was the client who went away.</summary>
    public UpstreamLimit? Passed =>
        _inner.RequestAborted.IsCancellationRequested ? null
        : _total.IsCancellationRequested ? UpstreamLimit.Total
        : _firstByte.IsCancellationRequested ? UpstreamLimit.FirstByte
        : _sending.IsCancellationRequested || _answering.IsCancellationRequested ? UpstreamLimit.Silence
        : null;

    /// <inheritdoc />
    public CancellationToken RequestAborted { get; set; }

    /// <summary>Bytes of the request are on their way, or have been taken.</summary>
    public void Sending(bool due) => Watch(_sending, due, _times.Silence);

    /// <summary>Bytes of the answer are due, or have come.</summary>
    public void Answering(bool due) => Watch(_answering, due, _times.Silence);

    /// <summary>The adapter has the whole request.</summary>
    public void RequestSent() => Watch(_firstByte, due: !_answered, _times.FirstByte);

    /// <summary>The head of the answer is here.</summary>
    public void AnswerBegan()
    {
        _answered = true;
        Watch(_firstByte, due: false, _times.FirstByte);
    }

    /// <inheritdoc />
    public void Abort() => _inner.Abort();

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _any.Dispose();
        _total.Dispose();
        _firstByte.Dispose();
        _sending.Dispose();
        _answering.Dispose();
    }

    // An upload that was given up may still tell of itself when the call is over.
    private void Watch(CancellationTokenSource clock, bool due, TimeSpan time)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                clock.CancelAfter(due ? time : Timeout.InfiniteTimeSpan);
            }
        }
    }
}
