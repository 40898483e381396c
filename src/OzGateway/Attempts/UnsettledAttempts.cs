using System.Collections.Concurrent;
using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>A settlement that the store could not be told.</summary>
/// <param name="User">Whose attempt.</param>
/// <param name="Attempt">Which one.</param>
/// <param name="Policy">The policy it was counted under.</param>
/// <param name="Settlement">How it ended.</param>
internal sealed record UnsettledAttempt(UserKey User, TransactionId Attempt, AttemptPolicy Policy, AttemptSettlement Settlement);

/// <summary>Settlements that wait for the store to come back. So many and no more: what is lost stays spent.</summary>
/// <param name="store">The store.</param>
/// <param name="limit">Most that wait.</param>
internal sealed class UnsettledAttempts(IAttemptLimiter store, int limit)
{
    private readonly ConcurrentQueue<UnsettledAttempt> _waiting = new();
    private int _isRetrying;

    /// <summary>Keeps one.</summary>
    public void Keep(UnsettledAttempt settlement)
    {
        if (_waiting.Count < limit)
        {
            _waiting.Enqueue(settlement);
        }
    }

    /// <summary>Tells the store what waits, in the background, one at a time.</summary>
    public void Retry()
    {
        if (!_waiting.IsEmpty && Interlocked.Exchange(ref _isRetrying, 1) == 0)
        {
            _ = Task.Run(RetryAsync);
        }
    }

    private async Task RetryAsync()
    {
        while (_waiting.TryPeek(out var next)
            && await store.SettleAsync(next.User, next.Attempt, next.Policy, next.Settlement, CancellationToken.None))
        {
            _waiting.TryDequeue(out _);
        }

        Volatile.Write(ref _isRetrying, 0);
    }
}
