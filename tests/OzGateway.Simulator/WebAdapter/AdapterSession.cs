namespace OzGateway.Simulator.WebAdapter;

/// <summary>What the adapter remembers of one open plugin.</summary>
internal sealed class AdapterSession
{
    private int _polls;

    public string EventSessionId { get; } = Guid.NewGuid().ToString();

    /// <summary>The folder of the newest submission, if there is one.</summary>
    public string? FolderId { get; private set; }

    public void Submitted(string folderId)
    {
        FolderId = folderId;
        Interlocked.Exchange(ref _polls, 0);
    }

    /// <summary>Counts a poll of the newest submission, from 1.</summary>
    public int Polled() => Interlocked.Increment(ref _polls);
}
