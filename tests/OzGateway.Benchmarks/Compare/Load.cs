using System.Diagnostics;

namespace OzGateway.Benchmarks.Compare;

/// <summary>Closed-loop load of one kind of call through one candidate.</summary>
internal sealed class Load
{
    private readonly CompareCase _case;
    private readonly Candidate _candidate;
    private readonly StandInAdapter _adapter;
    private readonly byte[][] _heads;
    private readonly byte[]? _body;
    private int _next;

    public Load(CompareCase comparing, Candidate candidate, StandInAdapter adapter)
    {
        (_case, _candidate, _adapter) = (comparing, candidate, adapter);
        (_heads, _body) = comparing.IsUpload ? candidate.Calls.Submissions() : (candidate.Calls.Polls(), null);
    }

    /// <summary>Runs one window: opens connections, uses each once, then measures exactly the given number of calls.</summary>
    public WindowFigures Run(int requests)
    {
        var connections = Enumerable.Range(0, _case.Connections).Select(_ => new LoadConnection(_candidate.Port)).ToList();
        try
        {
            _adapter.Answer(_case.AdapterAnswer);
            InParallel(connections, connections.Count);
            _adapter.Answer(_case.AdapterAnswer);
            var before = _candidate.Process?.Mark();
            var watch = Stopwatch.StartNew();
            InParallel(connections, requests);
            watch.Stop();
            var spent = _candidate.Process?.Mark() - before;
            if (_case.IsUpload)
            {
                _adapter.Verify(requests, _candidate.IsGateway);
            }

            return new WindowFigures(requests, watch.Elapsed, spent);
        }
        finally
        {
            connections.ForEach(static connection => connection.Dispose());
        }
    }

    private void InParallel(List<LoadConnection> connections, int requests)
    {
        var expected = _candidate.IsGateway ? _case.SafeAnswer : _case.AdapterAnswer;
        var left = requests;
        Exception? broken = null;
        var threads = connections.ConvertAll(connection => new Thread(() =>
        {
            try
            {
                while (broken is null && Interlocked.Decrement(ref left) >= 0)
                {
                    connection.Call(_heads[(uint)Interlocked.Increment(ref _next) % _heads.Length], _body, expected);
                }
            }
            catch (Exception exception)
            {
                broken = exception;
            }
        }));
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        if (broken is not null)
        {
            throw new CompareException($"{_case.Name} through {_candidate.Name}: {broken.Message}");
        }
    }
}
