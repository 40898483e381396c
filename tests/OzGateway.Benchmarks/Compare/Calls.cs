using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Benchmarks.Compare;

/// <summary>The calls of many users as they stand on the wire, made before anything is measured. The limits of one user are those that ship, so there are many.</summary>
internal sealed class Calls
{
    private const string Boundary = "----WebKitFormBoundaryQ7hB3xT9sW2kLm5Z";

    private readonly byte[] _media;
    private readonly byte[] _beforeMedia;
    private readonly byte[] _afterMedia = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
    private readonly string[] _users;

    /// <param name="media">The one medium of every submission.</param>
    /// <param name="users">The header lines that name a user, one entry per user.</param>
    public Calls(byte[] media, string[] users)
    {
        (_media, _users) = (media, users);
        _beforeMedia = Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"session_id\"\r\n\r\n{Session}\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{{\"transaction_id\":\"{Encoding.ASCII.GetString(PageTransactionId)}\",\"device\":\"web\"}}\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"frames.zip\"\r\nContent-Type: application/zip\r\n\r\n");
    }

    /// <summary>What the page writes as transaction id.</summary>
    public static ReadOnlySpan<byte> PageTransactionId => "page-made-id-0001"u8;

    private static string Session => "5f2b6d1e-adapter-session-0001";

    /// <summary>Bytes that no compression and no text reader likes, the same in every run.</summary>
    public static byte[] Media(int length)
    {
        var media = new byte[length];
        var counter = 0;
        for (var at = 0; at < length; at += SHA256.HashSizeInBytes)
        {
            SHA256.HashData(BitConverter.GetBytes(counter++)).AsSpan(0, Math.Min(SHA256.HashSizeInBytes, length - at)).CopyTo(media.AsSpan(at));
        }

        return media;
    }

    /// <summary>One poll per user.</summary>
    public byte[][] Polls()
    {
        var body = $$"""{"session_id":"{{Session}}"}""";
        return [.. _users.Select(user => Encoding.ASCII.GetBytes($"{Head(user, "application/json", body.Length)}{body}"))];
    }

    /// <summary>One submission per user: its head, and what follows.</summary>
    public (byte[][] Heads, byte[] Body) Submissions()
    {
        byte[] body = [.. _beforeMedia, .. _media, .. _afterMedia];
        return ([.. _users.Select(user => Encoding.ASCII.GetBytes(Head(user, $"multipart/form-data; boundary={Boundary}", body.Length)))], body);
    }

    // The headers of a browser, at a browser's length.
    private static string Head(string user, string contentType, int length) =>
        $"""
        POST /request.php HTTP/1.1
        Host: bank.example
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
        Accept: */*
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        {user}
        Content-Type: {contentType}
        Content-Length: {length}


        """.ReplaceLineEndings("\r\n");
}
