using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Verdicts;

/// <summary>Answers that are given once and repeated for the same key of the same caller, for 24 h and up to a number, the oldest going first.</summary>
/// <typeparam name="T">What is given.</typeparam>
internal sealed class IdempotentAnswers<T>(TimeProvider time, int limit = 50_000)
    where T : class
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Caller, string Key), Entry> _entries = [];
    private readonly Queue<((string Caller, string Key) Name, Entry Entry)> _order = new();

    /// <summary>Answers remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The answer for this key: the one that was given, or that somebody is just making, or a new one. Null where the key was used for another request.</summary>
    /// <param name="question">Who asks, by which key, what.</param>
    /// <param name="make">Makes a new answer; nobody's leaving stops it.</param>
    /// <param name="isKept">Whether an answer is given for good; else the key is free again.</param>
    public async Task<T?> OnceAsync(IdempotentQuestion question, Func<Task<T>> make, Predicate<T> isKept)
    {
        var fresh = new Entry(Hash(question.Request), time.GetUtcNow() + Kept);
        var entry = Enter(question, fresh);
        if (entry != fresh)
        {
            return entry.Request.AsSpan().SequenceEqual(fresh.Request) ? await entry.Answer.Task : null;
        }

        try
        {
            var answer = await make();
            if (!isKept(answer))
            {
                Leave(question, fresh);
            }

            fresh.Answer.SetResult(answer);
            return answer;
        }
        finally
        {
            if (fresh.Answer.TrySetCanceled())
            {
                // It could not be made: whoever asked in the meantime is told so, and who asks next makes it.
                Leave(question, fresh);
            }
        }
    }

    private Entry Enter(IdempotentQuestion question, Entry fresh)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_order.TryPeek(out var oldest) && (oldest.Entry.Until <= now || _entries.Count >= limit))
            {
                _order.Dequeue();
                Remove(oldest.Name, oldest.Entry);
            }

            var name = (question.Caller, question.Key);
            if (_entries.TryGetValue(name, out var earlier))
            {
                return earlier;
            }

            _entries.Add(name, fresh);
            _order.Enqueue((name, fresh));
            return fresh;
        }
    }

    private void Leave(IdempotentQuestion question, Entry entry)
    {
        lock (_lock)
        {
            Remove((question.Caller, question.Key), entry);
        }
    }

    private void Remove((string Caller, string Key) name, Entry entry)
    {
        if (_entries.GetValueOrDefault(name) == entry)
        {
            _entries.Remove(name);
        }
    }

    // What was asked holds ids: its hash is enough to compare.
    private static byte[] Hash(string request) => SHA256.HashData(Encoding.UTF8.GetBytes(request));

    private sealed class Entry(byte[] request, DateTimeOffset until)
    {
        public byte[] Request => request;

        public DateTimeOffset Until => until;

        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What is to be answered once.</summary>
/// <param name="Caller">Name of the credential.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Request">What is asked: the same key with another request is a mistake of the caller.</param>
internal sealed record IdempotentQuestion(string Caller, string Key, string Request);
