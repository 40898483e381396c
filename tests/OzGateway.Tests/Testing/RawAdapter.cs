using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OzGateway.Tests.Testing;

/// <summary>An adapter of bytes: what it does with each connection is up to the story.</summary>
internal sealed class RawAdapter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly Func<RawConnection, Task> _story;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="story">What happens on each connection; it is closed when the story ends.</param>
    /// <param name="certificate">For https.</param>
    public RawAdapter(Func<RawConnection, Task> story, X509Certificate2? certificate = null)
    {
        (_story, _certificate) = (story, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>As it stands in a list of destinations.</summary>
    public string Address => $"\"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Heads of all requests so far.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _accepting; // a listener that is stopped first fails whoever is about to accept
        _listener.Stop();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using Stream stream = _certificate is null ? client.GetStream() : await SecureAsync(client, _certificate);
                await _story(new RawConnection(stream, _heads, _over.Token));
            }
            catch (Exception over) when (over is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away, or the story is over.
            }
        }
    }

    private async Task<SslStream> SecureAsync(TcpClient client, X509Certificate2 certificate)
    {
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _over.Token);
        return stream;
    }
}

/// <summary>One connection to a raw adapter.</summary>
internal sealed class RawConnection(Stream stream, ConcurrentQueue<string> heads, CancellationToken over)
{
    private const int MaxHeadBytes = 64 * 1024;

    public Stream Stream => stream;

    public CancellationToken Over => over;

    /// <summary>Reads a head; null where the other side closed before one.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes.Count < MaxHeadBytes && await stream.ReadAsync(one, over) == 1)
        {
            bytes.Add(one[0]);
            if (bytes is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
            {
                var head = Encoding.ASCII.GetString([.. bytes]);
                heads.Enqueue(head);
                return head;
            }
        }

        return null;
    }

    /// <summary>Reads a whole request; null where the other side closed before its end.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        if (await ReadHeadAsync() is not { } head)
        {
            return null;
        }

        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            await stream.ReadExactlyAsync(new byte[int.Parse(length[15..], CultureInfo.InvariantCulture)], over);
        }
        else if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            await ReadUntilAsync("\r\n0\r\n\r\n");
        }

        return head;
    }

    public Task WriteAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), over).AsTask();

    /// <summary>Writes a whole answer.</summary>
    public Task AnswerAsync(string body, string type = "application/json") =>
        WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");

    /// <summary>Reads on until the other side closes or breaks off.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes, over);
        }
        catch (IOException)
        {
            // Broken off: as much an end as any.
        }

        return Encoding.ASCII.GetString(bytes.ToArray());
    }

    private async Task ReadUntilAsync(string end)
    {
        var text = "";
        var one = new byte[1];
        while (!text.EndsWith(end, StringComparison.Ordinal) && await stream.ReadAsync(one, over) == 1)
        {
            text = $"{(text.Length > 16 ? text[1..] : text)}{(char)one[0]}";
        }
    }
}
