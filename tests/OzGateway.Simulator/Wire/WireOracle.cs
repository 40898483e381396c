using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OzGateway.Simulator.Wire;

/// <summary>Sends variants one after the other, and judges each by the bytes that arrive: nothing, or exactly the request that was sent.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="adapter">What it forwards to.</param>
public sealed class WireOracle(Uri gateway, WireAdapter adapter)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<string> _disagreements = [];

    /// <summary>Who must have signed the gateway's certificate, where its address is https.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>Where client, gateway and adapter did not see the same.</summary>
    public IReadOnlyList<string> Disagreements => _disagreements;

    /// <summary>Variants that reached the adapter.</summary>
    public int Served { get; private set; }

    /// <summary>Variants that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Sends a target.</summary>
    /// <param name="number">Number of the variant.</param>
    public async Task TryPathAsync(int number)
    {
        var target = PathVariants.Of(number);
        await TryAsync($"path {number} {target}", $"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", PathVariants.IsServed(target) ? ($"GET {target}", "") : null);
    }

    /// <summary>Sends a framing.</summary>
    /// <param name="number">Number of the variant.</param>
    public async Task TryFramingAsync(int number)
    {
        var variant = FramingVariant.Of(number);
        await TryAsync($"framing {number} {variant.Bytes}", variant.Bytes, variant.Body is { } body ? (variant.Call, body) : null);
    }

    /// <summary>Sends a call over HTTP/2.</summary>
    /// <param name="number">Number of the variant.</param>
    public async Task TryHttp2Async(int number)
    {
        var variant = Http2Variant.Of(number, gateway.Scheme);
        await TryAsync($"http2 {number} {variant.What}", () => SendAsync(variant.Frames), variant.Body is { } body ? (Http2Variant.Call, body) : null);
    }

    private Task TryAsync(string what, string bytes, (string Call, string Body)? meant) => TryAsync(what, () => SendAsync(bytes), meant);

    private async Task TryAsync(string what, Func<Task<string>> send, (string Call, string Body)? meant)
    {
        adapter.Clear();
        var answer = await send();
        var arrived = adapter.Received;
        // A body that the gateway broke off shows here a little later, and belongs to the variant before.
        var faults = adapter.Faults.Where(fault => fault != "broken off").ToList();
        var isRefusal = answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505 ", StringComparison.Ordinal);
        var isRight = meant is { } expected
            ? answer.StartsWith("HTTP/1.1 20", StringComparison.Ordinal) && arrived is [var only] && (only.Call, only.Body) == expected && faults.Count == 0
            : isRefusal && arrived.Count == 0 && faults.Count == 0;
        (Served, Refused) = arrived.Count > 0 ? (Served + 1, Refused) : (Served, Refused + 1);
        if (!isRight)
        {
            _disagreements.Add($"{what}\n  answered {answer.Split('\r')[0]}, arrived [{string.Join(", ", arrived.Select(request => $"{request.Call} {request.Body}"))}] {string.Join(", ", faults)}");
        }
    }

    // The status as HTTP/1.1 would write it; nothing where the stream or the connection was ended instead.
    private async Task<string> SendAsync(IReadOnlyList<Http2Frame> frames)
    {
        await using var connection = await Http2Connection.OpenAsync(gateway, Authority);
        try
        {
            await connection.SendAsync([.. frames]);
            return await connection.AnswerAsync(stream: 1) is { Status: > 0 } answer ? $"HTTP/1.1 {answer.Status} " : "";
        }
        catch (IOException)
        {
            return ""; // cut off while sending
        }
        catch (OperationCanceledException)
        {
            return "the connection stays open";
        }
    }

    private async Task<string> SendAsync(string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
            return await reader.ReadToEndAsync().WaitAsync(Patience);
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            return ""; // cut off without a word
        }
        catch (TimeoutException)
        {
            return "the connection stays open";
        }
    }
}
