using System.Text;

namespace OzGateway.Payloads;

/// <summary>What stands between the parts of a multipart body: a line end, two hyphens and the boundary.</summary>
internal sealed class MultipartDelimiter(string boundary)
{
    private readonly byte[] _bytes = Encoding.ASCII.GetBytes("\r\n--" + boundary);

    /// <summary>Its length.</summary>
    public int Length => _bytes.Length;

    /// <summary>As it stands where a line begins anyway.</summary>
    public ReadOnlySpan<byte> AtStart => _bytes.AsSpan(2);

    /// <summary>As some readers see it: behind a bare line feed.</summary>
    public ReadOnlySpan<byte> AfterLineFeed => _bytes.AsSpan(1);

    /// <summary>How many bytes at the end may be the beginning of a delimiter, also of one without its carriage return.</summary>
    public int PossibleLength(ReadOnlySpan<byte> window)
    {
        var length = Math.Min(window.Length, _bytes.Length - 1);
        var tail = window[^length..];
        while (true)
        {
            var start = tail.IndexOfAny((byte)'\r', (byte)'\n');
            if (start < 0)
            {
                return 0;
            }

            tail = tail[start..];
            if (_bytes.AsSpan(tail[0] == '\r' ? 0 : 1).StartsWith(tail))
            {
                return tail.Length;
            }

            tail = tail[1..];
        }
    }
}
