namespace OzGateway.Payloads;

/// <summary>The fast way through a value that nobody looks at: whole tokens within one slice, validated as strictly as everything else.</summary>
internal static class JsonSkip
{
    /// <summary>Skips until the value is over or a token is not whole and plain.</summary>
    /// <param name="slice">The bytes.</param>
    /// <param name="i">Where to begin.</param>
    /// <param name="step">What is expected there; afterwards, what is expected where it stopped.</param>
    /// <param name="around">The open containers, and how many of them are around the value.</param>
    /// <returns>Where it stopped: at the token that it leaves to others, or behind the value.</returns>
    public static int Run(ReadOnlySpan<byte> slice, int i, ref JsonStep step, (JsonNesting Nesting, int SkipFrom) around)
    {
        var nesting = around.Nesting;
        while (TryWhiteSpace(slice, ref i))
        {
            var b = slice[i];
            int end;
            switch (step)
            {
                case JsonStep.After:
                    if (b == ',')
                    {
                        i++;
                        step = nesting.IsArray ? JsonStep.Value : JsonStep.Name;
                        continue;
                    }

                    break;
                case JsonStep.FirstName or JsonStep.Name:
                    if (b == '"')
                    {
                        end = Text(slice, i);
                        if (end < 0)
                        {
                            return i;
                        }

                        // A colon mostly follows at once.
                        var hasColon = (uint)end < (uint)slice.Length && slice[end] == ':';
                        i = hasColon ? end + 1 : end;
                        step = hasColon ? JsonStep.Value : JsonStep.Colon;
                        continue;
                    }

                    break;
                case JsonStep.Colon when b == ':':
                    i++;
                    step = JsonStep.Value;
                    continue;
                case JsonStep.Value or JsonStep.FirstElement when b is not ((byte)'{' or (byte)'[' or (byte)']'):
                    end = b == '"' ? Text(slice, i) : Scalar(slice, i);
                    if (end < 0)
                    {
                        return i;
                    }

                    i = end;
                    step = JsonStep.After;
                    continue;
            }

            if (!TryNest(b, ref step, nesting))
            {
                return i;
            }

            i++;
            if (nesting.Depth == around.SkipFrom)
            {
                return i;
            }
        }

        return i;
    }

    /// <summary>Passes over white space; false at the end of the slice.</summary>
    private static bool TryWhiteSpace(ReadOnlySpan<byte> slice, ref int i)
    {
        while ((uint)i < (uint)slice.Length)
        {
            if (slice[i] > ' ' || !JsonScan.IsWhiteSpace(slice[i]))
            {
                return true;
            }

            // One space is most of them; a line break has its indent behind it.
            i += slice[i] == ' ' ? 1 : JsonScan.WhiteSpaceLength(slice[i..]);
        }

        return false;
    }

    private static bool TryNest(byte b, ref JsonStep step, JsonNesting nesting)
    {
        switch (b)
        {
            case (byte)'{' or (byte)'[' when step is JsonStep.Value or JsonStep.FirstElement:
                if (!nesting.TryOpen(b == '['))
                {
                    return false;
                }

                step = b == '[' ? JsonStep.FirstElement : JsonStep.FirstName;
                return true;
            case (byte)'}' when step is JsonStep.FirstName || (step is JsonStep.After && !nesting.IsArray):
            case (byte)']' when step is JsonStep.FirstElement || (step is JsonStep.After && nesting.IsArray):
                nesting.Close();
                step = JsonStep.After;
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
}
