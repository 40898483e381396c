using System.Numerics;

namespace OzGateway.Payloads;

/// <summary>A row of tokens, a bit each, that ends with a piece of punctuation. A text and a number are one token each.</summary>
internal ref struct JsonRow
{
    /// <summary>Texts, names among them.</summary>
    public required ulong Texts { get; init; }

    /// <summary>Numbers and words.</summary>
    public required ulong Scalars { get; init; }

    /// <summary>Opening brackets.</summary>
    public required ulong Openers { get; init; }

    /// <summary>Closing brackets.</summary>
    public required ulong Closers { get; init; }

    /// <summary>Which brackets are those of arrays; says nothing of other tokens.</summary>
    public required ulong Arrays { get; init; }

    /// <summary>Commas.</summary>
    public required ulong Commas { get; init; }

    /// <summary>Colons.</summary>
    public required ulong Colons { get; init; }

    /// <summary>Takes the row where it is a piece of JSON; otherwise nothing has changed.</summary>
    /// <param name="step">What is expected before it; afterwards, behind it.</param>
    /// <param name="nesting">The open containers.</param>
    /// <param name="skipFrom">How many of them must stay open.</param>
    public readonly bool TrySkip(ref JsonStep step, JsonNesting nesting, int skipFrom)
    {
        var (depth, word) = (nesting.Depth, nesting.Word);
        var isArray = nesting.IsArray;
        var flips = isArray ? 1UL : 0;
        for (var brackets = Openers | Closers; brackets != 0; brackets &= brackets - 1)
        {
            var bracket = brackets & (0 - brackets);
            var before = isArray;
            if ((Openers & bracket) != 0)
            {
                if (depth == nesting.Room)
                {
                    return false;
                }

                isArray = (Arrays & bracket) != 0;
                word = (word & ~(1UL << depth)) | (isArray ? 1UL << depth : 0);
                depth++;
            }
            else
            {
                // The end of the value is left to others, as is what does not fit together.
                if ((Arrays & bracket) != 0 != isArray || --depth == skipFrom)
                {
                    return false;
                }

                isArray = (word >> (depth - 1) & 1) != 0;
            }

            flips ^= isArray != before ? bracket << 1 : 0;
        }

        // An opening bracket stands in its parent, a closing one still in its own container.
        if (!IsGrammar(step, inArray: JsonBlocks.PrefixXor(flips)))
        {
            return false;
        }

        nesting.Set(depth, word);
        step = StepBehind(isArray);
        return true;
    }

    private readonly bool IsGrammar(JsonStep step, ulong inArray)
    {
        var afterValue = Behind(Scalars | Closers) | First(step is JsonStep.After);
        var mayBeName = Behind((Openers & ~Arrays) | (Commas & ~inArray)) | First(step is JsonStep.Name or JsonStep.FirstName);
        var names = Texts & mayBeName;
        var values = (Texts ^ names) | Scalars | Openers;
        var mayBeValue = Behind((Openers & Arrays) | Colons | (Commas & inArray)) | First(step is JsonStep.Value or JsonStep.FirstElement);
        var mayBeColon = Behind(names) | First(step is JsonStep.Colon);
        afterValue |= Behind(Texts ^ names);
        var mayClose = afterValue | Behind(Openers) | First(step is JsonStep.FirstElement or JsonStep.FirstName);
        return ((values & ~mayBeValue) | (Colons ^ mayBeColon) | (Commas & ~afterValue) | (Closers & ~mayClose)) == 0;
    }

    private readonly JsonStep StepBehind(bool isArray)
    {
        var last = 1UL << BitOperations.Log2(Openers | Closers | Commas | Colons);
        return (last & Closers) != 0 ? JsonStep.After
            : (last & Colons) != 0 ? JsonStep.Value
            : (last & Commas) != 0 ? (isArray ? JsonStep.Value : JsonStep.Name)
            : isArray ? JsonStep.FirstElement : JsonStep.FirstName;
    }

    private static ulong Behind(ulong tokens) => tokens << 1;

    private static ulong First(bool isExpected) => isExpected ? 1UL : 0;
}
