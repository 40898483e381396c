using System.Collections.Concurrent;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The open adapter sessions, the newest up to a limit.</summary>
internal sealed class AdapterSessions(int limit, bool acceptUnknown)
{
    private readonly ConcurrentDictionary<string, AdapterSession> _sessions = new();
    private readonly ConcurrentQueue<string> _order = new();

    public string Open()
    {
        var id = Guid.NewGuid().ToString("N");
        Add(id);
        return id;
    }

    public AdapterSession? Find(string? id) =>
        id is null ? (acceptUnknown ? new AdapterSession() : null)
        : _sessions.TryGetValue(id, out var session) ? session
        : acceptUnknown ? Add(id)
        : null;

    private AdapterSession Add(string id)
    {
        var session = _sessions.GetOrAdd(id, static _ => new AdapterSession());
        _order.Enqueue(id);
        if (_sessions.Count > limit && _order.TryDequeue(out var oldest))
        {
            _sessions.TryRemove(oldest, out _);
        }

        return session;
    }
}
