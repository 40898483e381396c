using System.Globalization;
using System.Text;

namespace OzGateway.Simulator.Wire;

/// <summary>Reads requests from a connection by the letter of RFC 9112. What is not by the letter is told, not repaired.</summary>
/// <param name="stream">The connection.</param>
internal sealed class WireReader(Stream stream)
{
    private const int MostHeadBytes = 128 * 1024;

    private readonly byte[] _one = new byte[1];

    /// <summary>The next request; null where the other side closed before its first byte.</summary>
    /// <exception cref="FormatException">What came is not by the letter, or breaks off.</exception>
    public async Task<WireRequest?> ReadAsync()
    {
        if (await LineAsync(mayEnd: true) is not { } line)
        {
            return null;
        }

        List<string> headers = [];
        while (await LineAsync(mayEnd: false) is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !header[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)))
            {
                throw new FormatException($"no header: {header}");
            }

            headers.Add(header);
        }

        var request = new WireRequest(line, headers, "");
        if (request.Values("Host").Count != 1)
        {
            throw new FormatException("not exactly one Host");
        }

        return request with { Body = await BodyAsync(request) };
    }

    private async Task<string> BodyAsync(WireRequest request)
    {
        var lengths = request.Values("Content-Length");
        var codings = request.Values("Transfer-Encoding");
        return (lengths.Count, codings.Count) switch
        {
            (0, 0) => "",
            (1, 0) when lengths[0].All(char.IsAsciiDigit) => await TextAsync(int.Parse(lengths[0], CultureInfo.InvariantCulture)),
            (0, 1) when codings[0] == "chunked" => await ChunksAsync(),
            _ => throw new FormatException("a body whose end can be seen in two places"),
        };
    }

    private async Task<string> ChunksAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = await LineAsync(mayEnd: false) ?? "";
            if (size.Length is 0 or > 8 || !size.All(char.IsAsciiHexDigit))
            {
                throw new FormatException($"no size of a chunk: {size}");
            }

            var length = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(await TextAsync(length));
            if (await LineAsync(mayEnd: false) is not "")
            {
                throw new FormatException("a chunk without its end");
            }

            if (length == 0)
            {
                return body.ToString();
            }
        }
    }

    private async Task<string> TextAsync(int length)
    {
        var bytes = new byte[length];
        if (await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false) < length)
        {
            throw new FormatException("broken off");
        }

        return Encoding.Latin1.GetString(bytes);
    }

    private async Task<string?> LineAsync(bool mayEnd)
    {
        var line = new StringBuilder();
        while (line.Length < MostHeadBytes)
        {
            if (await stream.ReadAsync(_one) == 0)
            {
                return mayEnd && line.Length == 0 ? null : throw new FormatException("broken off");
            }

            line.Append((char)_one[0]);
            if (_one[0] == '\n')
            {
                return line.Length > 1 && line[^2] == '\r' ? line.ToString(0, line.Length - 2) : throw new FormatException("a bare line feed");
            }

            if (line.Length > 1 && line[^2] == '\r')
            {
                throw new FormatException("a bare carriage return");
            }
        }

        throw new FormatException("an endless line");
    }
}
