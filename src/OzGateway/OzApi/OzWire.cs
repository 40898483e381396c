using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace OzGateway.OzApi;

/// <summary>One call on the wire: sent, and its answer read whole within a size. Oz API is trusted for content, not for good behaviour.</summary>
internal sealed class OzWire(OzApiPolicy policy, HttpClient http)
{
    /// <summary>Largest answer. A page of a hundred folders with all their analyses is about 1 MiB.</summary>
    public const int MaxAnswerBytes = 16 << 20;

    private const string TokenHeader = "X-Forensic-Access-Token";

    /// <summary>Sends a call.</summary>
    /// <exception cref="OzApiException">The answer is too large.</exception>
    public async Task<OzReply> SendAsync(OzCall call, string? accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(policy.Address, call.PathAndQuery));
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        if (accessToken is not null)
        {
            request.Headers.TryAddWithoutValidation(TokenHeader, accessToken);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new OzReply(answer.StatusCode, await ReadAsync(answer.Content, cancellationToken), answer.Headers.Date);
    }

    /// <summary>Reads a document strictly: UTF-8, no member twice, no depth beyond 64.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    public static T? Read<T>(byte[] body, JsonTypeInfo<T> type) =>
        Utf8.IsValid(body) ? JsonSerializer.Deserialize(body, type) : throw new JsonException("not UTF-8");

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxAnswerBytes)
        {
            throw new OzApiException("too_large");
        }

        using var whole = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var block = new byte[16 << 10];
        while (await stream.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > MaxAnswerBytes)
            {
                throw new OzApiException("too_large");
            }

            whole.Write(block, 0, read);
        }

        return whole.ToArray();
    }
}

/// <summary>One call.</summary>
/// <param name="Method">GET is asked again where it fails, nothing else is.</param>
/// <param name="PathAndQuery">From <c>/api</c> on, encoded.</param>
/// <param name="Body">A JSON document, or null.</param>
internal sealed record OzCall(HttpMethod Method, string PathAndQuery, byte[]? Body = null);
