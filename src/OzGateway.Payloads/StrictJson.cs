using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>
/// The one canonical reading of a whole JSON document: UTF-8 throughout, no byte order mark, no lone surrogate escape, no comment,
/// no trailing comma, bounded length and depth, nothing behind the root. <see cref="Utf8JsonReader"/> alone checks neither the text it skips nor surrogates.
/// </summary>
internal static class StrictJson
{
    private static readonly SearchValues<byte> BetweenTokens = SearchValues.Create(" \t\r\n,:"u8);
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Checks what the reader does not, and creates the reader.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> document, PayloadLimits limits)
    {
        if (document.Length > limits.MaxDocumentBytes)
        {
            throw new PayloadException(PayloadFault.TooLarge, limits.MaxDocumentBytes);
        }

        if (!Utf8.IsValid(document))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, FirstInvalid(document));
        }

        CheckSurrogates(document);

        // Not the final block: the end of the input then reads as 'more to come', which tells a truncated document from a malformed one.
        return new Utf8JsonReader(document, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth }));
    }

    /// <summary>Reads the next token, which must exist.</summary>
    public static void Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new PayloadException(PayloadFault.Truncated, reader.BytesConsumed);
        }
    }

    /// <summary>Skips the value at which the reader stands.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        do
        {
            Read(ref reader);
        }
        while (reader.CurrentDepth > depth);
    }

    /// <summary>Checks that only white space follows the root.</summary>
    public static void Close(ref Utf8JsonReader reader, ReadOnlySpan<byte> document)
    {
        var end = (int)reader.BytesConsumed;
        var surplus = document[end..].IndexOfAnyExcept(WhiteSpace);
        if (surplus >= 0)
        {
            throw new PayloadException(PayloadFault.SurplusBytes, end + surplus);
        }
    }

    /// <summary>Names what the reader found wrong.</summary>
    public static PayloadException Fault(ref Utf8JsonReader reader, ReadOnlySpan<byte> document, PayloadLimits limits)
    {
        var offset = (int)reader.BytesConsumed;
        var next = document[offset..].IndexOfAnyExcept(BetweenTokens);
        var isOpening = next >= 0 && document[offset + next] is (byte)'{' or (byte)'[';
        var open = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        return new PayloadException(isOpening && open >= limits.MaxDepth ? PayloadFault.TooDeep : PayloadFault.MalformedJson, offset);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> document)
    {
        var check = default(Utf8Check);
        for (var i = 0; i < document.Length; i++)
        {
            if (!check.AcceptByte(document[i]))
            {
                return i;
            }
        }

        return document.Length;
    }

    /// <summary>Backslashes stand only in strings, or the reader refuses the document: so one pass over the bytes finds every escape.</summary>
    private static void CheckSurrogates(ReadOnlySpan<byte> document)
    {
        var position = 0;
        while (true)
        {
            var next = document[position..].IndexOf((byte)'\\');
            if (next < 0 || position + next + 1 >= document.Length)
            {
                return;
            }

            position += next;
            if (!TryReadUnit(document[position..], out var unit))
            {
                position += 2;
                continue;
            }

            var isHigh = char.IsHighSurrogate((char)unit);
            if (char.IsLowSurrogate((char)unit) || (isHigh && !(TryReadUnit(document[(position + 6)..], out var low) && char.IsLowSurrogate((char)low))))
            {
                throw new PayloadException(PayloadFault.InvalidUtf8, position);
            }

            position += isHigh ? 12 : 6;
        }
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out int unit)
    {
        unit = 0;
        return text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && JsonText.TryReadHex(text.Slice(2, 4), out unit);
    }

    /// <summary>The document as one span; several segments are copied.</summary>
    public static ReadOnlySpan<byte> Flatten(in ReadOnlySequence<byte> document, PayloadLimits limits)
    {
        if (document.Length > limits.MaxDocumentBytes)
        {
            throw new PayloadException(PayloadFault.TooLarge, limits.MaxDocumentBytes);
        }

        return document.IsSingleSegment ? document.FirstSpan : document.ToArray();
    }
}
