namespace OzGateway.Forwarding;

/// <summary>What calls and probes found about one adapter. Safe for many threads.</summary>
internal sealed class DestinationRecord(TimeProvider time)
{
    /// <summary>For so long after a call that did not reach it an adapter is suspected.</summary>
    public static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(10);

    /// <summary>Not reached for so long, an adapter has lost the sessions that were on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int FailedProbes = 2;

    private readonly Lock _lock = new();
    private DateTimeOffset? _failingSince;
    private DateTimeOffset _lastFailure;
    private int _probesFailed;
    private Reachability _told;

    /// <summary>What is known now.</summary>
    public Reachability State
    {
        get
        {
            lock (_lock)
            {
                return StateAt(time.GetUtcNow());
            }
        }
    }

    /// <summary>Sessions on it must go on elsewhere.</summary>
    public bool IsLost
    {
        get
        {
            lock (_lock)
            {
                var now = time.GetUtcNow();
                return StateAt(now) is Reachability.Down || (StateAt(now) is Reachability.Suspected && now - _failingSince >= Patience);
            }
        }
    }

    /// <summary>A call was answered.</summary>
    /// <returns>The new state, where it is news.</returns>
    public Reachability? Reached()
    {
        lock (_lock)
        {
            _failingSince = null;
            return News(time.GetUtcNow());
        }
    }

    /// <summary>A call did not reach it.</summary>
    /// <returns>The new state, where it is news.</returns>
    public Reachability? NotReached()
    {
        lock (_lock)
        {
            _lastFailure = time.GetUtcNow();
            _failingSince ??= _lastFailure;
            return News(_lastFailure);
        }
    }

    /// <summary>A probe ended.</summary>
    /// <returns>The new state, where it is news.</returns>
    public Reachability? Probed(bool succeeded)
    {
        lock (_lock)
        {
            _probesFailed = succeeded ? 0 : Math.Min(_probesFailed + 1, FailedProbes);
            _failingSince = succeeded ? null : _failingSince;
            return News(time.GetUtcNow());
        }
    }

    private Reachability StateAt(DateTimeOffset now) =>
        _probesFailed >= FailedProbes ? Reachability.Down
        : _failingSince is not null && now - _lastFailure < Suspicion ? Reachability.Suspected
        : Reachability.Up;

    private Reachability? News(DateTimeOffset now)
    {
        var state = StateAt(now);
        if (state == _told)
        {
            return null;
        }

        _told = state;
        return state;
    }
}
