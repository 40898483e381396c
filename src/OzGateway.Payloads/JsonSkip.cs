namespace OzGateway.Payloads;

/// <summary>The fast way through a value that nobody looks at: whole tokens within one slice, validated as strictly as everything else.</summary>
internal static class JsonSkip
{
    /// <summary>Skips until the value is over or a token is not whole and plain.</summary>
    /// <returns>Where it stopped: at the token that it leaves to others, or behind the value.</returns>
    public static int Run(ReadOnlySpan<byte> slice, int i, ref JsonStep step, Bounds bounds)
    {
        var nesting = bounds.Nesting;
        var next = step;
        while ((uint)i < (uint)slice.Length)
        {
            var b = slice[i];
            if (b <= ' ')
            {
                var white = JsonScan.WhiteSpaceLength(slice[i..]);
                if (white == 0)
                {
                    break;
                }

                i += white;
                continue;
            }

            var end = next switch
            {
                JsonStep.After when b == ',' => i + 1,
                JsonStep.Colon when b == ':' => i + 1,
                JsonStep.FirstName or JsonStep.Name when b == '"' => Text(slice, i),
                JsonStep.Value or JsonStep.FirstElement when b == '"' => Text(slice, i),
                JsonStep.Value or JsonStep.FirstElement when b is not ((byte)'{' or (byte)'[' or (byte)']') => Scalar(slice, i),
                _ => 0,
            };
            if (end > 0)
            {
                next = next switch
                {
                    JsonStep.After => nesting.IsArray ? JsonStep.Value : JsonStep.Name,
                    JsonStep.Colon => JsonStep.Value,
                    JsonStep.FirstName or JsonStep.Name => JsonStep.Colon,
                    _ => JsonStep.After,
                };
                i = end;
                continue;
            }

            if (end < 0 || !TryNest(b, ref next, nesting))
            {
                break;
            }

            i++;
            if (nesting.Depth == bounds.SkipFrom)
            {
                break;
            }
        }

        step = next;
        return i;
    }

    private static bool TryNest(byte b, ref JsonStep next, JsonNesting nesting)
    {
        switch (b)
        {
            case (byte)'{' or (byte)'[' when next is JsonStep.Value or JsonStep.FirstElement:
                if (!nesting.TryOpen(b == '['))
                {
                    return false;
                }

                next = b == '[' ? JsonStep.FirstElement : JsonStep.FirstName;
                return true;
            case (byte)'}' when next is JsonStep.FirstName || (next is JsonStep.After && !nesting.IsArray):
            case (byte)']' when next is JsonStep.FirstElement || (next is JsonStep.After && nesting.IsArray):
                nesting.Close();
                next = JsonStep.After;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Behind the text that begins here, or -1.</summary>
    private static int Text(ReadOnlySpan<byte> slice, int i)
    {
        var end = i + 1 + JsonScan.PlainLength(slice[(i + 1)..]);
        return (uint)end < (uint)slice.Length && slice[end] == '"' ? end + 1 : -1;
    }

    /// <summary>Behind the number or word that begins here, or -1.</summary>
    private static int Scalar(ReadOnlySpan<byte> slice, int i)
    {
        var rest = slice[i..];
        return rest[0] switch
        {
            (byte)'t' => rest.StartsWith("true"u8) ? i + 4 : -1,
            (byte)'f' => rest.StartsWith("false"u8) ? i + 5 : -1,
            (byte)'n' => rest.StartsWith("null"u8) ? i + 4 : -1,
            _ => JsonScan.NumberLength(rest) is > 0 and var length ? i + length : -1,
        };
    }

    /// <summary>Where the skipped value stands.</summary>
    /// <param name="Nesting">The open containers.</param>
    /// <param name="SkipFrom">How many are open around it.</param>
    internal readonly record struct Bounds(JsonNesting Nesting, int SkipFrom);
}
