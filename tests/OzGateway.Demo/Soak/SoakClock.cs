namespace OzGateway.Demo.Soak;

/// <summary>The machine's clock, further on by as much as it is told.</summary>
internal sealed class SoakClock : TimeProvider
{
    private long _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead);

    /// <summary>Goes on by so much.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
}
