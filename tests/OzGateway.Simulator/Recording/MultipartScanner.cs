using System.Text;
using Microsoft.Net.Http.Headers;

namespace OzGateway.Simulator.Recording;

/// <summary>Reads a multipart in constant memory and keeps its bytes exactly, except those of long parts.</summary>
internal sealed class MultipartScanner : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ByteTally _all = new(keptLimit: 0);
    private readonly MemoryStream _kept = new();
    private readonly List<ReceivedPart> _parts = [];
    private int _start;
    private int _end;
    private int _lent;

    public MultipartScanner(Stream stream, string boundary)
    {
        _stream = stream;
        _delimiter = Encoding.Latin1.GetBytes("\r\n--" + boundary);
        // A line break that was not sent, so that a delimiter at the very beginning is found like any other.
        "\r\n"u8.CopyTo(_buffer);
        _end = _lent = 2;
    }

    public async Task<ReadBody> ReadAsync(CancellationToken cancellationToken)
    {
        var closed = false;
        try
        {
            closed = await ReadPartsAsync(cancellationToken);
            await DrainAsync(cancellationToken);
        }
        catch (Exception brokenOff) when (BodyReader.IsBrokenOff(brokenOff))
        {
            closed = false;
        }

        return new ReadBody(_kept.ToArray(), default, _all.Length, _all.Sha256(), _parts, closed);
    }

    public void Dispose()
    {
        _all.Dispose();
        _kept.Dispose();
    }

    private async Task<bool> ReadPartsAsync(CancellationToken cancellationToken)
    {
        if (!await PassToDelimiterAsync(Keep, cancellationToken))
        {
            return false;
        }

        while (await HasAsync(2, cancellationToken))
        {
            if (_buffer.AsSpan(_start, 2).SequenceEqual("--"u8))
            {
                return true;
            }

            // From the delimiter's own line break on, so that a part without headers ends in the same four bytes.
            if (await HeadersAsync(cancellationToken) is not { } headers || !await ReadPartAsync(headers, cancellationToken))
            {
                return false;
            }
        }

        return false;
    }

    private async Task<bool> ReadPartAsync(string headers, CancellationToken cancellationToken)
    {
        using var part = new ByteTally(ReceivedRequest.KeptPartBytes);
        var whole = false;
        try
        {
            whole = await PassToDelimiterAsync(part.Add, cancellationToken, () => AddPart(headers, part));
            return whole;
        }
        finally
        {
            if (!whole)
            {
                AddPart(headers, part);
            }
        }
    }

    private void AddPart(string headers, ByteTally part)
    {
        _kept.Write(part.Kept);
        var disposition = ContentDispositionHeaderValue.TryParse(HeaderOf(headers, "Content-Disposition"), out var parsed) ? parsed : null;
        _parts.Add(part.ToPart(
            HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value,
            HeaderUtilities.RemoveQuotes(disposition?.FileName ?? default).Value,
            HeaderOf(headers, "Content-Type")));
    }

    private static string? HeaderOf(string headers, string name) => headers
        .Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .LastOrDefault();

    private async Task<string?> HeadersAsync(CancellationToken cancellationToken)
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var headers = Encoding.UTF8.GetString(_buffer, _start, length);
        Take(length + 4, Keep);
        return headers;
    }

    /// <summary>Hands on everything up to the next delimiter and keeps the delimiter; false when the body ends before one.</summary>
    private async Task<bool> PassToDelimiterAsync(SpanAction sink, CancellationToken cancellationToken, Action? found = null)
    {
        while (true)
        {
            var (at, isWhole) = FindDelimiter();
            Take(at, sink);
            if (isWhole)
            {
                found?.Invoke();
                Take(_delimiter.Length, Keep);
                return true;
            }

            if (!await FillAsync(cancellationToken))
            {
                Take(_end - _start, sink);
                return false;
            }
        }
    }

    /// <summary>How many bytes are surely no delimiter, and whether a whole one follows them.</summary>
    private (int At, bool IsWhole) FindDelimiter()
    {
        var window = _buffer.AsSpan(_start, _end - _start);
        for (var from = 0; ;)
        {
            var next = window[from..].IndexOf(_delimiter);
            if (next < 0)
            {
                return (Math.Max(from, window.Length - _delimiter.Length + 1), false);
            }

            from += next;
            // Only blanks and a line break, or the two dashes of the last one: '--boundary' may also begin a line of data.
            var behind = window[(from + _delimiter.Length)..];
            var padding = behind.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (padding < 0 || behind.Length - padding < 2)
            {
                return (from, false);
            }

            if (behind.StartsWith("--"u8) || behind[padding..].StartsWith("\r\n"u8))
            {
                return (from, true);
            }

            from += 2;
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        do
        {
            Take(_end - _start, Keep);
        }
        while (await FillAsync(cancellationToken));
    }

    private async Task<bool> HasAsync(int bytes, CancellationToken cancellationToken)
    {
        while (_end - _start < bytes)
        {
            if (!await FillAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads on; false at the end of the body and when the buffer is full, which only headers of 64 KiB can cause.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _all.Add(_buffer.AsSpan(_end, read));
        _end += read;
        return read > 0;
    }

    private void Take(int count, SpanAction sink)
    {
        var unsent = Math.Min(_lent, count);
        _lent -= unsent;
        sink(_buffer.AsSpan(_start + unsent, count - unsent));
        _start += count;
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _kept.Write(bytes);

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);
}
