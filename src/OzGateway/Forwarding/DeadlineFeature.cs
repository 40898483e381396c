namespace OzGateway.Forwarding;

/// <summary>The whole time that the adapter has for this call.</summary>
internal sealed class DeadlineFeature : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly IHttpRequestLifetimeFeature _inner;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;

    /// <summary>Starts the clock.</summary>
    public DeadlineFeature(IHttpRequestLifetimeFeature inner, TimeSpan time, TimeProvider clock)
    {
        _inner = inner;
        _deadline = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(inner.RequestAborted, _deadline.Token);
        RequestAborted = _either.Token;
    }

    /// <summary>The time has passed, and it was not the client who went away.</summary>
    public bool HasPassed => _deadline.IsCancellationRequested && !_inner.RequestAborted.IsCancellationRequested;

    /// <inheritdoc />
    public CancellationToken RequestAborted { get; set; }

    /// <inheritdoc />
    public void Abort() => _inner.Abort();

    /// <inheritdoc />
    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }
}
