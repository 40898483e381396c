namespace OzGateway.Demo.Soak;

/// <summary>The place where connections stand still until they are released.</summary>
/// <param name="after">Bytes of a connection before it.</param>
internal sealed class LineHalt(long after)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _standing;

    /// <summary>One that was released: nothing waits.</summary>
    public static LineHalt Released()
    {
        var halt = new LineHalt(long.MaxValue);
        halt.Release();
        return halt;
    }

    /// <summary>Connections that have come so far.</summary>
    public int Standing => Volatile.Read(ref _standing);

    /// <summary>Lets them go on.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Waits a little on the way, without end at the halt, and not at all behind it.</summary>
    public async Task PassAsync(long carried, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (_released.Task.IsCompleted)
        {
            return;
        }

        if (carried < after)
        {
            await Task.Delay(pause, cancellationToken);
            return;
        }

        Interlocked.Increment(ref _standing);
        await _released.Task.WaitAsync(cancellationToken);
    }
}
