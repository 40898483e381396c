using System.Buffers;
using System.Text.Json;

namespace OzGateway.Payloads;

/// <summary>Reads an answer that is not projected (the start of a session) and refuses it when a sensitive name occurs at any depth, also in JSON that stands in a string.</summary>
public sealed class SensitiveNames
{
    private static readonly SearchValues<byte> Leading = SearchValues.Create(" \t\r\n\v\f\0"u8);

    private readonly HashSet<string> _names;

    /// <summary>Prepares the list.</summary>
    /// <param name="names">The names; case, <c>_</c> and <c>-</c> make no difference.</param>
    public SensitiveNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = new HashSet<string>(names.Select(MemberNames.Normalize), StringComparer.Ordinal);
    }

    /// <summary>Whether a body starts like a JSON object or array, white space and a byte order mark aside: then it must be checked whatever its type says.</summary>
    /// <param name="start">The first bytes of the body.</param>
    public static bool LooksLikeJson(ReadOnlySpan<byte> start)
    {
        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        var first = start.IndexOfAnyExcept(Leading);
        return first >= 0 && start[first] is (byte)'{' or (byte)'[';
    }

    /// <summary>Checks a whole document in several segments.</summary>
    /// <inheritdoc cref="Check(ReadOnlySpan{byte}, PayloadLimits)"/>
    public void Check(in ReadOnlySequence<byte> document, PayloadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Check(StrictJson.Flatten(document, limits), limits);
    }

    /// <summary>Checks a whole document.</summary>
    /// <param name="document">The document; read as strictly as a result.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="PayloadException"><see cref="PayloadFault.SensitiveMember"/>, or the document is no strict JSON.</exception>
    public void Check(ReadOnlySpan<byte> document, PayloadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var unreadable = 0;
        Check(document, limits, level: 0, ref unreadable);
    }

    private void Check(ReadOnlySpan<byte> document, PayloadLimits limits, int level, ref int unreadable)
    {
        if (level > limits.MaxEmbeddedLevels)
        {
            throw new PayloadException(PayloadFault.TooDeep, 0);
        }

        var reader = StrictJson.Open(document, limits);
        try
        {
            do
            {
                StrictJson.Read(ref reader);
                if (reader.TokenType == JsonTokenType.PropertyName && _names.Contains(MemberNames.Normalize(reader.GetString()!)))
                {
                    throw new PayloadException(PayloadFault.SensitiveMember, reader.TokenStartIndex);
                }

                if (reader.TokenType == JsonTokenType.String)
                {
                    CheckText(ref reader, limits, level, ref unreadable);
                }
            }
            while (reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray);
        }
        catch (JsonException)
        {
            throw StrictJson.Fault(ref reader, document, limits);
        }

        StrictJson.Close(ref reader, document);
    }

    private void CheckText(ref Utf8JsonReader reader, PayloadLimits limits, int level, ref int unreadable)
    {
        var text = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(text);
        if (!LooksLikeJson(text.AsSpan(0, length)))
        {
            return;
        }

        try
        {
            Check(text.AsSpan(0, length), limits, level + 1, ref unreadable);
        }
        catch (PayloadException fault) when (fault.Fault is PayloadFault.MalformedJson or PayloadFault.Truncated or PayloadFault.SurplusBytes or PayloadFault.InvalidUtf8)
        {
            if (++unreadable > limits.MaxUnreadableTexts)
            {
                throw new PayloadException(PayloadFault.MalformedJson, reader.TokenStartIndex);
            }
        }
    }
}
