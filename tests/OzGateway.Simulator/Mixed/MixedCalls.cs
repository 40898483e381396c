using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace OzGateway.Simulator.Mixed;

/// <summary>Submissions, polls, openings, configurations and files, mixed, through a gateway whose adapter comes and goes. Each call is marked, so that the simulator's record tells which arrived, and how often.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="simulator">The simulator behind it.</param>
public sealed class MixedCalls(Uri gateway, SimulatorApplication simulator)
{
    private const string Mark = "esid";
    private const string TransactionHeader = "OzGateway-Transaction-Id";

    private static readonly string[] Kinds = ["submission", "poll", "open", "config", "file"];
    private static readonly string[] States = ["{\"state\":\"processing\"}", "{\"state\":\"finished\"}"];

    private readonly ConcurrentQueue<(string Kind, string? Refusal)> _outcomes = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, string> _transactions = new();
    private byte[] _file = [];
    private string _config = "";
    private int _calls;
    private int _cut;

    /// <summary>Makes the calls.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="connections">Over how many connections.</param>
    /// <param name="before">Called before each with its number, from 1.</param>
    public async Task<MixedFindings> RunAsync(int calls, int connections, Func<int, Task> before)
    {
        using (var direct = new HttpClient())
        {
            using var file = await direct.SendAsync(simulator.Dialect.Asset(simulator.AdapterAddress));
            using var config = await direct.SendAsync(simulator.Dialect.Config(simulator.AdapterAddress));
            (_file, _config) = (await file.Content.ReadAsByteArrayAsync(), await config.Content.ReadAsStringAsync());
        }

        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => WorkAsync(calls, before)));
        CheckRecord();
        return new MixedFindings(
            calls,
            _outcomes.Where(outcome => outcome.Refusal is null).CountBy(outcome => outcome.Kind).ToDictionary(),
            _outcomes.Where(outcome => outcome.Refusal is not null).CountBy(outcome => outcome.Refusal!).ToDictionary(),
            _cut,
            [.. _wrong]);
    }

    private async Task WorkAsync(int calls, Func<int, Task> before)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false });
        var session = "unknown";
        for (var number = Interlocked.Increment(ref _calls); number <= calls; number = Interlocked.Increment(ref _calls))
        {
            await before(number);
            // Only who has submitted polls.
            var kind = Kinds[number % Kinds.Length] is "poll" && session == "unknown" ? "submission" : Kinds[number % Kinds.Length];
            var mark = number.ToString(CultureInfo.InvariantCulture);
            using var request = Request(kind, kind == "submission" ? $"session-{mark}" : session);
            request.Headers.Add(Mark, mark);
            if (await SendAsync(client, request, kind, mark) && kind == "submission")
            {
                session = $"session-{mark}";
            }
        }
    }

    private HttpRequestMessage Request(string kind, string session) => kind switch
    {
        "submission" => simulator.Dialect.Submission(gateway, session, new Dictionary<string, string>(), [MediaPart.OfSize(100_000)], BodyKind.Multipart),
        "poll" => simulator.Dialect.Poll(gateway, session),
        "open" => simulator.Dialect.Init(gateway),
        "config" => simulator.Dialect.Config(gateway),
        "file" => simulator.Dialect.Asset(gateway),
        _ => throw new InvalidOperationException($"Kind '{kind}' has no request."),
    };

    private async Task<bool> SendAsync(HttpClient client, HttpRequestMessage request, string kind, string mark)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            var text = System.Text.Encoding.UTF8.GetString(body);
            if (answer.IsSuccessStatusCode)
            {
                return Judge(kind, mark, IsRight(kind, body, text, answer, mark), text);
            }

            var isOurs = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
            var code = isOurs ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null;
            if (code is "upstream_unavailable" or "upstream_timeout" or "upstream_response_rejected")
            {
                _outcomes.Enqueue((kind, code));
                return false;
            }

            return Judge(kind, mark, isRight: false, $"{(int)answer.StatusCode} {text}");
        }
        catch (HttpRequestException broken) when (kind == "file" && broken.InnerException is IOException)
        {
            Interlocked.Increment(ref _cut);
            return false;
        }
        catch (HttpRequestException broken)
        {
            return Judge(kind, mark, isRight: false, broken.Message);
        }
    }

    private bool IsRight(string kind, byte[] body, string text, HttpResponseMessage answer, string mark)
    {
        switch (kind)
        {
            case "submission":
                _transactions[mark] = answer.Headers.GetValues(TransactionHeader).Single();
                return States.Contains(text);
            case "poll":
                return States.Contains(text);
            case "open":
                return simulator.Dialect.ReadSession(text) is { Length: > 0 };
            case "config":
                return text == _config;
            default:
                return body.AsSpan().SequenceEqual(_file);
        }
    }

    private bool Judge(string kind, string mark, bool isRight, string got)
    {
        if (isRight)
        {
            _outcomes.Enqueue((kind, null));
        }
        else
        {
            _wrong.Enqueue($"call {mark} ({kind}) got: {got[..Math.Min(got.Length, 200)]}");
        }

        return isRight;
    }

    private void CheckRecord()
    {
        var arrived = simulator.Received.Submissions.ToLookup(submission => submission.Header(Mark)!);
        foreach (var twice in arrived.Where(group => group.Count() > 1))
        {
            _wrong.Enqueue($"submission {twice.Key} arrived {twice.Count()} times");
        }

        foreach (var (mark, transaction) in _transactions)
        {
            if (arrived[mark].FirstOrDefault()?.Meta(simulator.Dialect.TransactionIdKey) != transaction)
            {
                _wrong.Enqueue($"submission {mark} was answered for another transaction");
            }
        }
    }
}
