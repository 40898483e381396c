using OzGateway.Identity;
using OzGateway.OzApi;

namespace OzGateway.Verdicts;

/// <summary>
/// However many wait for the end of one transaction, one poll asks Oz API: at once, then after 1, 2, 4 and every 8 s, as long as somebody waits.
/// Who comes later takes what the poll has heard last.
/// </summary>
internal sealed class VerdictWaiter(TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private readonly Lock _lock = new();
    private readonly Dictionary<TransactionId, Poll> _polls = [];

    /// <summary>Polls under way.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _polls.Count;
            }
        }
    }

    /// <summary>Asks, and waits for an end that waiting may bring.</summary>
    /// <param name="id">The transaction; all who wait for it are answered by one poll.</param>
    /// <param name="ask">Asks once.</param>
    /// <param name="wait">How long to wait; zero for the first answer.</param>
    /// <param name="cancellationToken">Gives up; the poll goes on while others wait.</param>
    /// <exception cref="OzApiException">Oz API could not be asked the last time.</exception>
    public async Task<VerdictDecision> AskAsync(TransactionId id, Func<CancellationToken, Task<VerdictDecision>> ask, TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var poll = Join(id, ask);
        try
        {
            var heard = await poll.First.WaitAsync(cancellationToken);
            while (heard.MayChange && wait - time.GetElapsedTime(started) is { Ticks: > 0 } left)
            {
                heard = await NextAsync(heard, left, cancellationToken);
            }

            return heard.Decision ?? throw new OzApiException(heard.Failure!.Reason);
        }
        finally
        {
            Leave(id, poll);
        }
    }

    private async Task<Heard> NextAsync(Heard last, TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            return await last.Next.WaitAsync(left, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was heard in the very moment counts.
            return last.Next.IsCompletedSuccessfully ? await last.Next : last;
        }
    }

    private Poll Join(TransactionId id, Func<CancellationToken, Task<VerdictDecision>> ask)
    {
        lock (_lock)
        {
            if (!_polls.TryGetValue(id, out var poll))
            {
                _polls.Add(id, poll = new Poll());
                poll.Running = RunAsync(id, poll, ask);
            }

            poll.Waiters++;
            return poll;
        }
    }

    private void Leave(TransactionId id, Poll poll)
    {
        bool isLast;
        lock (_lock)
        {
            poll.Waiters--;
            isLast = poll.Waiters == 0;
            if (isLast)
            {
                Remove(id, poll);
            }
        }

        if (isLast)
        {
            poll.Stop.Cancel();
        }
    }

    private async Task RunAsync(TransactionId id, Poll poll, Func<CancellationToken, Task<VerdictDecision>> ask)
    {
        await Task.Yield();
        var stop = poll.Stop.Token;
        try
        {
            for (var turn = 0; ; turn++)
            {
                var heard = await HearAsync(ask, stop);
                if (!heard.MayChange)
                {
                    // Whoever comes from now on asks anew.
                    lock (_lock)
                    {
                        Remove(id, poll);
                    }

                    poll.Tell(heard);
                    return;
                }

                poll.Tell(heard);
                await Task.Delay(Pauses[Math.Min(turn, Pauses.Length - 1)], time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // What nobody foresaw is told to everybody who waits, each of whom fails by it.
            lock (_lock)
            {
                Remove(id, poll);
            }

            poll.Fail(failure);
        }
    }

    private static async Task<Heard> HearAsync(Func<CancellationToken, Task<VerdictDecision>> ask, CancellationToken stop)
    {
        try
        {
            return new Heard(await ask(stop), null);
        }
        catch (OzApiException failure)
        {
            return new Heard(null, failure);
        }
    }

    private void Remove(TransactionId id, Poll poll)
    {
        if (_polls.GetValueOrDefault(id) == poll)
        {
            _polls.Remove(id);
        }
    }

    private sealed class Poll
    {
        private readonly TaskCompletionSource<Heard> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Heard? _last;

        public CancellationTokenSource Stop { get; } = new();

        public int Waiters { get; set; }

        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>What was heard last, or the first that will be.</summary>
        public Task<Heard> First => Volatile.Read(ref _last) is { } last ? Task.FromResult(last) : _first.Task;

        public void Tell(Heard heard)
        {
            var before = Interlocked.Exchange(ref _last, heard);
            before?.Follow(heard);
            _first.TrySetResult(heard);
        }

        public void Fail(Exception failure)
        {
            _last?.Fail(failure);
            _first.TrySetException(failure);
        }
    }

    /// <summary>One answer, and the promise of the next.</summary>
    private sealed class Heard(VerdictDecision? decision, OzApiException? failure)
    {
        private readonly TaskCompletionSource<Heard> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public VerdictDecision? Decision => decision;

        public OzApiException? Failure => failure;

        public bool MayChange => decision?.IsOpen ?? true;

        public Task<Heard> Next => _next.Task;

        public void Follow(Heard heard) => _next.TrySetResult(heard);

        public void Fail(Exception failure) => _next.TrySetException(failure);
    }
}
