using System.Net.Http.Headers;
using System.Text.Json;

namespace OzGateway.Tests.Testing;

/// <summary>The customer's backend.</summary>
internal sealed class BackendClient(Uri door, string? key) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<Answer> AskAsync(string transactionId, string? user = The.User)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(door, $"transactions/{transactionId}"));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (user is not null)
        {
            request.Headers.Add("OzGateway-User", user);
        }

        using var response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>The outcome of a transaction.</summary>
    public async Task<string> OutcomeAsync(string transactionId, string? user = The.User)
    {
        var answer = await AskAsync(transactionId, user);
        return JsonDocument.Parse(answer.Text).RootElement.GetProperty("outcome").GetString()!;
    }

    public void Dispose() => _http.Dispose();
}
