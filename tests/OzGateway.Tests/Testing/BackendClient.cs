using System.Net.Http.Headers;

namespace OzGateway.Tests.Testing;

/// <summary>The customer's backend.</summary>
internal sealed class BackendClient(Uri door, string? key) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public Task<Answer> AskAsync(string transactionId, string? user = The.User, string query = "", CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"transactions/{transactionId}{query}", user, cancellationToken: cancellationToken);

    public Task<Answer> IssueAsync(string? user = The.User, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, "transactions", user, idempotencyKey);

    public Task<Answer> ListAsync(string? user = The.User) => SendAsync(HttpMethod.Get, "transactions", user);

    public Task<Answer> RevokeAsync(string transactionId, string? user = The.User) => SendAsync(HttpMethod.Delete, $"transactions/{transactionId}", user);

    public Task<Answer> TakeReceiptAsync(string transactionId, string? user = The.User, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, $"transactions/{transactionId}/receipt", user, idempotencyKey);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? user = The.User, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(door, path));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (user is not null)
        {
            request.Headers.Add("OzGateway-User", user);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>The outcome of a transaction.</summary>
    public async Task<string> OutcomeAsync(string transactionId, string? user = The.User, string query = "")
    {
        var answer = await AskAsync(transactionId, user, query);
        return answer.Member("outcome")!;
    }

    public void Dispose() => _http.Dispose();
}
