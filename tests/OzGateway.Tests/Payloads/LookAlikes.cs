using System.Text;

namespace OzGateway.Tests.Payloads;

/// <summary>Media full of bytes that nearly are a boundary.</summary>
internal static class LookAlikes
{
    private const string Headers = "Content-Disposition: form-data; name=\"video\"; filename=\"blob\"\r\nContent-Type: video/webm;codecs=vp8,opus";

    private static readonly string[] Near =
    [
        "\r\n--", "\r\n", "\r", "\n", "--" + Rewrite.Boundary, "\r--" + Rewrite.Boundary, "\r\n-" + Rewrite.Boundary, "\r\n--" + Rewrite.Boundary[..^1],
        "\r\n--" + Rewrite.Boundary[..^1] + "X", "\r\r\n\n--", "\r\n\r\n--" + Rewrite.Boundary[..5], "{\"transaction_id\":1}", "\0",
    ];

    public static byte[] Of(int length, int seed)
    {
        var random = new Random(seed);
        var media = new byte[length];
        random.NextBytes(media);
        for (var i = 0; i < length / 50; i++)
        {
            var near = Encoding.ASCII.GetBytes(Near[random.Next(Near.Length)]);
            var at = random.Next(length);
            near.AsSpan(0, Math.Min(near.Length, length - at)).CopyTo(media.AsSpan(at));
        }

        // What two random writes may have joined: a real delimiter, or the start of one at the very start, is no media of an honest client.
        var text = Encoding.Latin1.GetString(media).Replace("\n--" + Rewrite.Boundary, "\n++" + Rewrite.Boundary, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.StartsWith("--", StringComparison.Ordinal) ? "++" + text[2..] : text);
    }

    public static byte[] Upload(byte[] media) =>
        [.. Encoding.UTF8.GetBytes(Rewrite.Field("meta", "{}") + $"--{Rewrite.Boundary}\r\n{Headers}\r\n\r\n"), .. media, .. Encoding.UTF8.GetBytes("\r\n" + Rewrite.End)];

    public static byte[] MediaOf(byte[] body)
    {
        var start = body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Headers + "\r\n\r\n")) + Headers.Length + 4;
        return body[start..^("\r\n" + Rewrite.End).Length];
    }
}
