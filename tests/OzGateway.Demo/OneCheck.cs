using System.Net;
using System.Text.Json;
using OzGateway.Simulator;

namespace OzGateway.Demo;

/// <summary>One check as a browser does it, over real sockets, and the same seen from the other sides.</summary>
internal static class OneCheck
{
    private const string PageTransactionId = "page-made-id-0001";
    private const int MaxPolls = 50;

    /// <summary>Runs a check of a user.</summary>
    public static async Task<CheckFacts> RunAsync(DemoHouse house, string user)
    {
        var cookies = new CookieContainer();
        cookies.Add(house.Public, new Cookie("session", house.Secrets.SessionOf(user)));
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
        var dialect = house.Simulator.Dialect;

        using var opened = await browser.SendAsync(dialect.Init(house.Public));
        var session = dialect.ReadSession(await opened.Content.ReadAsStringAsync())
            ?? throw new DemoException("The adapter opened no session.");
        var meta = new Dictionary<string, string> { ["transaction_id"] = PageTransactionId, ["user_id"] = "somebody-else" };
        var answers = new List<string>
        {
            await TextAsync(browser, dialect.Submission(house.Public, session, meta, [MediaPart.OfSize(1 << 20)], BodyKind.Multipart)),
        };
        for (var poll = 0; poll < MaxPolls && dialect.ReadState(answers[^1]) is CheckState.Processing; poll++)
        {
            answers.Add(await TextAsync(browser, dialect.Poll(house.Public, session)));
        }

        var learnt = await TextAsync(browser, new HttpRequestMessage(HttpMethod.Get, new Uri(house.Public, "transactions/current")));
        var id = JsonDocument.Parse(learnt).RootElement.TryGetProperty("transaction_id", out var value) ? value.GetString() : null;
        using var direct = new HttpClient();
        var received = house.Simulator.Received.Submissions is [.., var last] ? last : null;
        return new CheckFacts
        {
            PageTransactionId = PageTransactionId,
            AdapterAnswer = await TextAsync(direct, dialect.Poll(house.Simulator.Address, session)),
            BrowserAnswers = answers,
            OzTransactionId = received?.Meta("transaction_id"),
            AdapterReceived = $"{received?.BodyText}{received?.Query}",
            GatewayTransactionId = id,
            BackendAnswer = await AskBackendAsync(house, id, user),
            StatusWithoutKey = await StatusAsync(direct, new Uri(house.Backend, $"transactions/{id}")),
            StatusAtPublicDoor = await StatusAsync(direct, new Uri(house.Public, $"transactions/{id}")),
        };
    }

    /// <summary>Asks for a verdict as the customer's backend does.</summary>
    public static async Task<string> AskBackendAsync(DemoHouse house, string? transactionId, string user)
    {
        using var backend = new HttpClient();
        var question = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Backend, $"transactions/{Uri.EscapeDataString(transactionId ?? "none")}"));
        question.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", house.Secrets.BackendKey);
        question.Headers.Add("OzGateway-User", user);
        return await TextAsync(backend, question);
    }

    private static async Task<string> TextAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    private static async Task<int> StatusAsync(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        return (int)answer.StatusCode;
    }
}
