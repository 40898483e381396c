using System.Net;
using System.Text;
using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>A browser with the plugin in it: speaks the dialect, keeps cookies, is signed in as one user.</summary>
internal sealed class PluginClient : IDisposable
{
    private readonly GatewayRun _run;
    private readonly HttpClient _http;

    public PluginClient(GatewayRun run, string? user)
    {
        _run = run;
        Cookies = new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = run.Public };
        if (user is not null)
        {
            SignIn(user);
        }
    }

    public CookieContainer Cookies { get; }

    public string AdapterSession { get; private set; } = "";

    private Dialect Dialect => _run.Simulator.Dialect;

    public void SignIn(string user, string? group = null) => Cookies.Add(_run.Public, new Cookie("session", Tokens.For(user, _run.Time.GetUtcNow(), group: group)));

    /// <summary>Signs in with a token that says more of the user.</summary>
    public void SignIn(string user, IReadOnlyDictionary<string, object> claims) => Cookies.Add(_run.Public, new Cookie("session", Tokens.For(user, _run.Time.GetUtcNow(), claims: claims)));

    /// <summary>Has no token any more; the ticket stays.</summary>
    public void SignOut() => Cookies.GetCookies(_run.Public).First(cookie => cookie.Name == "session").Expired = true;

    /// <summary>Carries the ticket of a transaction that the backend has issued.</summary>
    public void TakeTicket(string ticket) => Cookies.Add(_run.Public, new Cookie("ozgateway-ticket", ticket));

    public async Task<Answer> OpenAsync()
    {
        var answer = await SendAsync(Dialect.Init(_run.Public));
        AdapterSession = answer.Status == HttpStatusCode.OK ? Dialect.ReadSession(answer.Text) ?? "" : "";
        return answer;
    }

    public Task<Answer> SubmitAsync(
        BodyKind kind = BodyKind.Multipart, int mediaBytes = 200_000, IReadOnlyDictionary<string, string>? meta = null, Action<HttpRequestMessage>? change = null)
    {
        var request = Dialect.Submission(_run.Public, AdapterSession, meta ?? The.PageMeta(Dialect), [MediaPart.OfSize(mediaBytes)], kind);
        change?.Invoke(request);
        return SendAsync(request);
    }

    public Task<Answer> PollAsync() => SendAsync(Dialect.Poll(_run.Public, AdapterSession));

    /// <summary>A whole check: opens, submits, polls until finished (at most 20 times). The last answer.</summary>
    public async Task<Answer> CheckAsync(BodyKind kind = BodyKind.Multipart)
    {
        await OpenAsync();
        var answer = await SubmitAsync(kind);
        for (var poll = 0; poll < 20 && answer.Text == Answer.Processing; poll++)
        {
            answer = await PollAsync();
        }

        return answer;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_run.Public, path)));

    public Task<Answer> PostAsync(string path) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_run.Public, path)) { Headers = { { "OzGateway-Request", "1" } } });

    public async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return await Answer.ReadAsync(response);
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What arrived at a client, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers, string? StatusText)
{
    public const string Processing = """{"state":"processing"}""";
    public const string Finished = """{"state":"finished"}""";

    public string? TransactionId => Headers.GetValueOrDefault("OzGateway-Transaction-Id");

    public string Code => System.Text.Json.JsonDocument.Parse(Text).RootElement.GetProperty("code").GetString()!;

    /// <summary>A text member of the document, or null.</summary>
    public string? Member(string name) => System.Text.Json.JsonDocument.Parse(Text).RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;

    /// <summary>Everything but the date and the request id.</summary>
    public string Everything => new StringBuilder($"{(int)Status} {StatusText}\n").AppendJoin('\n', Headers
        .Where(header => !header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {header.Value}")).Append("\n\n").Append(Text).ToString();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), headers, response.ReasonPhrase);
    }
}
