namespace OzGateway.Payloads;

/// <summary>Finds out from its first bytes whether a text starts like a JSON object or array, white space and a byte order mark aside.</summary>
internal struct JsonStart
{
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    private int _marks;
    private bool _isDecided;

    /// <summary>Decided from the start: nobody looks for JSON.</summary>
    public static JsonStart NotJson => new() { _isDecided = true };

    /// <summary>Whether something stood before the first byte that is no white space of JSON.</summary>
    public bool IsOdd { get; private set; }

    /// <summary>Whether it starts like JSON.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Takes the next piece.</summary>
    /// <returns>Where in the piece the object or array begins, once: else null.</returns>
    public int? Take(ReadOnlySpan<byte> piece)
    {
        for (var i = 0; i < piece.Length && !_isDecided; i++)
        {
            var b = piece[i];
            if (_marks < Mark.Length && b == Mark[_marks] && (_marks > 0 || !IsOdd))
            {
                (_marks, IsOdd) = (_marks + 1, true);
                continue;
            }

            _isDecided = _marks is 1 or 2 || !(JsonScan.IsWhiteSpace(b) || b is 0 or 0x0B or 0x0C);
            IsOdd |= b is 0 or 0x0B or 0x0C;
            if (_isDecided && b is (byte)'{' or (byte)'[' && _marks is not (1 or 2))
            {
                IsJson = true;
                return i;
            }

            _marks = Mark.Length;
        }

        return null;
    }
}
