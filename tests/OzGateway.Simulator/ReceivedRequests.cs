namespace OzGateway.Simulator;

/// <summary>Everything a simulator received, in the order in which requests began. A request appears once its body is read or broken off, before it is answered. Safe for many threads.</summary>
public sealed class ReceivedRequests
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ReceivedRequest> _requests = [];
    private readonly int _limit;
    private long _started;

    internal ReceivedRequests(int limit) => _limit = limit;

    /// <summary>All requests.</summary>
    public IReadOnlyList<ReceivedRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests.Values];
            }
        }
    }

    /// <summary>The submissions, complete or not.</summary>
    public IReadOnlyList<ReceivedRequest> Submissions => Of(RequestKind.Submission);

    /// <summary>The polls.</summary>
    public IReadOnlyList<ReceivedRequest> Polls => Of(RequestKind.Poll);

    /// <summary>The calls of telemetry.</summary>
    public IReadOnlyList<ReceivedRequest> Telemetry => Of(RequestKind.Telemetry);

    /// <summary>The calls of Oz API.</summary>
    public IReadOnlyList<ReceivedRequest> OzApiCalls => Of(RequestKind.OzApi);

    /// <summary>The requests of one kind.</summary>
    /// <param name="kind">The kind.</param>
    public IReadOnlyList<ReceivedRequest> Of(RequestKind kind) => [.. All.Where(request => request.Kind == kind)];

    /// <summary>The only submission; throws when there is none or more than one.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The word of LINQ, not of a number.")]
    public ReceivedRequest Single() => Submissions.Single();

    /// <summary>Forgets everything; numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    internal long NextNumber() => Interlocked.Increment(ref _started);

    internal void Add(ReceivedRequest request)
    {
        lock (_lock)
        {
            _requests[request.Number] = request;
            if (_requests.Count > _limit)
            {
                _requests.Remove(_requests.Keys.First());
            }
        }
    }
}
