namespace OzGateway.Redis;

/// <summary>Keeps calls away from a server that does not answer: after a few failures in a row one call at a time goes to see whether it is back.</summary>
/// <param name="time">The clock.</param>
internal sealed class RedisBreaker(TimeProvider time)
{
    private const int FailuresThatOpen = 3;

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private int _failures;
    private long _lastProbe;

    /// <summary>Whether calls are kept away.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _failures >= FailuresThatOpen;
            }
        }
    }

    /// <summary>Whether a call may go now.</summary>
    public bool MayGo()
    {
        lock (_lock)
        {
            if (_failures < FailuresThatOpen)
            {
                return true;
            }

            if (time.GetElapsedTime(_lastProbe) < ProbeEvery)
            {
                return false;
            }

            _lastProbe = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>A call was answered.</summary>
    public void Succeed()
    {
        lock (_lock)
        {
            _failures = 0;
        }
    }

    /// <summary>A call was not answered.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            _failures = Math.Min(_failures + 1, FailuresThatOpen);
            _lastProbe = time.GetTimestamp();
        }
    }
}
