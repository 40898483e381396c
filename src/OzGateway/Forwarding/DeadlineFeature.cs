namespace OzGateway.Forwarding;

/// <summary>
/// Holds the adapter to the times of one call, all on one clock: the whole, the wait for the answer, and silence in either direction.
/// Holds the client to the time in which it must take a piece of the answer. It stands in for the lifetime of the request while it is forwarded, so that one token ends everything.
/// </summary>
/// <remarks>
/// One timer looks at all times. It never sleeps longer than the shortest of them: a time that begins while it sleeps cannot end before
/// it wakes, so whoever moves bytes writes down a number and disturbs no timer.
/// </remarks>
internal sealed class DeadlineFeature : IHttpRequestLifetimeFeature, IDisposable
{
    private const long Never = long.MaxValue;
    private const int Running = 0;
    private const int Over = 1;
    private const int Late = 2;
    private const int Stalled = 3;

    private readonly IHttpRequestLifetimeFeature _inner;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _any;
    private readonly ITimer _timer;
    private readonly CallTimes _times;
    private readonly long _total;
    private long _firstByte = Never;
    private long _sending = Never;
    private long _answering = Never;
    private long _taking = Never;
    private volatile bool _answered;
    private UpstreamLimit _passed;
    private int _state = Running;

    /// <summary>Starts the clock of the whole.</summary>
    public DeadlineFeature(IHttpRequestLifetimeFeature inner, CallTimes times, TimeProvider clock)
    {
        (_inner, _times, _clock) = (inner, times, clock);
        _any = CancellationTokenSource.CreateLinkedTokenSource(inner.RequestAborted);
        RequestAborted = _any.Token;
        var now = clock.GetTimestamp();
        _total = After(now, times.Total);
        _timer = clock.CreateTimer(static deadline => ((DeadlineFeature)deadline!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        LookAgain(now);
    }

    /// <summary>The time that has passed; null where none has, or where it was the client who went away.</summary>
    public UpstreamLimit? Passed => Volatile.Read(ref _state) == Late && !_inner.RequestAborted.IsCancellationRequested ? _passed : null;

    /// <summary>Whether the client was cut off because it took nothing.</summary>
    public bool IsClientStalled => Volatile.Read(ref _state) == Stalled;

    /// <inheritdoc />
    public CancellationToken RequestAborted { get; set; }

    /// <summary>Bytes of the request are on their way, or have been taken.</summary>
    public void Sending(bool due) => Volatile.Write(ref _sending, due ? After(_clock.GetTimestamp(), _times.Silence) : Never);

    /// <summary>Bytes of the answer are due, or have come.</summary>
    public void Answering(bool due) => Volatile.Write(ref _answering, due ? After(_clock.GetTimestamp(), _times.Silence) : Never);

    /// <summary>A piece of the answer waits for the client, or has been taken.</summary>
    public void Taking(bool due) => Volatile.Write(ref _taking, due ? After(_clock.GetTimestamp(), _times.Taking) : Never);

    /// <summary>The adapter has the whole request.</summary>
    public void RequestSent() => Volatile.Write(ref _firstByte, After(_clock.GetTimestamp(), _times.FirstByte));

    /// <summary>The head of the answer is here.</summary>
    public void AnswerBegan() => _answered = true;

    /// <inheritdoc />
    public void Abort() => _inner.Abort();

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        // Where a time has passed, what waits for it is being told of it, perhaps this moment: a source is not disposed under that.
        if (Interlocked.CompareExchange(ref _state, Over, Running) == Running)
        {
            _any.Dispose();
        }
    }

    private void Look()
    {
        var now = _clock.GetTimestamp();
        if (Volatile.Read(ref _taking) <= now)
        {
            // To the adapter it is a client that went away. A call that has ended meanwhile has handed its connection on to the next one.
            if (Interlocked.CompareExchange(ref _state, Stalled, Running) == Running)
            {
                _inner.Abort();
            }

            return;
        }

        if (Due(now) is not { } limit)
        {
            LookAgain(now);
            return;
        }

        _passed = limit;
        if (Interlocked.CompareExchange(ref _state, Late, Running) == Running)
        {
            _any.Cancel();
        }
    }

    private UpstreamLimit? Due(long now) =>
        _total <= now ? UpstreamLimit.Total
        : FirstByte <= now ? UpstreamLimit.FirstByte
        : Math.Min(Volatile.Read(ref _sending), Volatile.Read(ref _answering)) <= now ? UpstreamLimit.Silence
        : null;

    private void LookAgain(long now)
    {
        var running = Math.Min(Math.Min(_total, FirstByte), Math.Min(Volatile.Read(ref _sending), Math.Min(Volatile.Read(ref _answering), Volatile.Read(ref _taking))));
        var next = Math.Min(running, Math.Min(After(now, _times.FirstByte), Math.Min(After(now, _times.Silence), After(now, _times.Taking))));
        if (next != Never)
        {
            // Timers count whole milliseconds: rounded up, not to wake a moment too early again and again.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(_clock.GetElapsedTime(now, next).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private long FirstByte => _answered ? Never : Volatile.Read(ref _firstByte);

    private long After(long now, TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? Never : now + (long)Math.Ceiling(time.TotalSeconds * _clock.TimestampFrequency);
}
