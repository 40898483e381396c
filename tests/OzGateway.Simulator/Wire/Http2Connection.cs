using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace OzGateway.Simulator.Wire;

/// <summary>HTTP/2 by the frame: what no client library lets out of its hands.</summary>
public sealed class Http2Connection : IAsyncDisposable
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;
    private readonly Stream _stream;

    private Http2Connection(TcpClient client, Stream stream) => (_client, _stream) = (client, stream);

    /// <summary>Connects, over TLS by ALPN or in plain text by prior knowledge, and says that HTTP/2 is spoken.</summary>
    /// <param name="door">Where; its scheme decides.</param>
    /// <param name="authority">Who must have signed its certificate; null for the machine's authorities.</param>
    public static async Task<Http2Connection> OpenAsync(Uri door, X509Certificate2? authority = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync(door.Host, door.Port);
        Stream stream = client.GetStream();
        if (door.Scheme == Uri.UriSchemeHttps)
        {
            var trust = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, TrustMode = authority is null ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust };
            if (authority is not null)
            {
                trust.CustomTrustStore.Add(authority);
            }

            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = door.Host,
                CertificateChainPolicy = trust,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            });
            stream = tls;
        }

        var connection = new Http2Connection(client, stream);
        await stream.WriteAsync(Preface);
        await connection.SendAsync(new Http2Frame(Http2Frame.Settings, 0, 0, []));
        return connection;
    }

    /// <summary>Sends frames in one piece.</summary>
    public async Task SendAsync(params Http2Frame[] frames) => await _stream.WriteAsync(frames.SelectMany(frame => frame.ToBytes()).ToArray());

    /// <summary>The next frame; null where the other side has closed.</summary>
    public async Task<Http2Frame?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var head = new byte[Http2Frame.HeadBytes];
            await _stream.ReadExactlyAsync(head, patience.Token);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
            await _stream.ReadExactlyAsync(payload, patience.Token);
            return new Http2Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads until a stream, or the connection, has ended.</summary>
    /// <param name="stream">The stream.</param>
    public async Task<Http2Answer> AnswerAsync(int stream)
    {
        var (status, body) = (0, new List<byte>());
        while (await ReadAsync() is { } frame)
        {
            switch (frame.Type)
            {
                case Http2Frame.GoAway when Code(frame, 4) != 0:
                    return new Http2Answer(status, "", Code(frame, 4), IsConnectionOver: true);
                case Http2Frame.Reset when frame.Stream == stream && Code(frame, 0) != 0:
                    return new Http2Answer(status, "", Code(frame, 0), IsConnectionOver: false);
                case Http2Frame.Headers when frame.Stream == stream && status == 0:
                    status = Status(frame.Payload);
                    break;
                case Http2Frame.Data when frame.Stream == stream:
                    body.AddRange(frame.Payload);
                    break;
                default:
                    break;
            }

            if (frame.Stream == stream && frame.Type is Http2Frame.Headers or Http2Frame.Data && (frame.Flags & Http2Frame.EndStream) != 0)
            {
                return new Http2Answer(status, System.Text.Encoding.UTF8.GetString([.. body]), 0, IsConnectionOver: false);
            }
        }

        return new Http2Answer(status, "", 0, IsConnectionOver: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private static int Code(Http2Frame frame, int at) => BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(at));

    // The status comes first: one of the seven of the static table, or its three digits behind the name from there.
    private static int Status(byte[] block)
    {
        ReadOnlySpan<int> known = [200, 204, 206, 304, 400, 404, 500];
        var first = block.AsSpan().IndexOfAnyExceptInRange((byte)0x20, (byte)0x3f); // sizes of the table
        return block[first] is >= 0x88 and <= 0x8e ? known[block[first] - 0x88]
            : int.Parse(block.AsSpan(first + 2, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>What came back on a stream.</summary>
/// <param name="Status">Its status; 0 where there is none.</param>
/// <param name="Body">Its body.</param>
/// <param name="Error">The code with which stream or connection was ended; 0 for none.</param>
/// <param name="IsConnectionOver">Whether the connection ended.</param>
public sealed record Http2Answer(int Status, string Body, int Error, bool IsConnectionOver);
