using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OzGateway.Tests.Testing;

/// <summary>A TLS handshake by hand: what the door presented, and whether it went through.</summary>
internal static class Handshake
{
    /// <summary>Serial numbers of what the door presents, leaf first.</summary>
    public static async Task<IReadOnlyList<string>> PresentedAsync(int port)
    {
        List<string> serials = [];
        await using var stream = await OpenAsync(port, client: null, (leaf, chain) =>
        {
            serials.Add(leaf.SerialNumber);
            serials.AddRange(chain.ChainPolicy.ExtraStore.Select(other => other.SerialNumber).Where(serial => serial != leaf.SerialNumber));
            return true;
        });
        return serials;
    }

    /// <summary>Whether a client with this certificate, or without one, gets an answer of HTTP.</summary>
    public static async Task<bool> IsAnsweredAsync(int port, X509Certificate2? client)
    {
        try
        {
            await using var stream = await OpenAsync(port, client, (_, _) => true);
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            // With TLS 1.3 a client learns that its certificate was refused only when it reads.
            return (await reader.ReadLineAsync())?.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) == true;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<SslStream> OpenAsync(int port, X509Certificate2? client, Func<X509Certificate2, X509Chain, bool> isTaken)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
        var stream = new SslStream(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => isTaken((X509Certificate2)certificate!, chain!),
        });
        return stream;
    }
}
