using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OzGateway.Payloads;

/// <summary>
/// Skips many tokens of a value at once: 64 bytes are sorted into sets of bits, a token becomes one bit of a row, and the grammar is checked
/// for the whole row. It begins and ends between two tokens. What it does not understand it leaves untouched to <see cref="JsonSkip"/>.
/// </summary>
internal static class JsonBlocks
{
    /// <summary>Bytes of a block.</summary>
    public const int Length = 64;

    /// <summary>Whether this processor can do it.</summary>
    public static bool IsSupported => Bmi2.X64.IsSupported && Pclmulqdq.IsSupported && Vector256.IsHardwareAccelerated;

    /// <summary>Skips what is whole in a block.</summary>
    /// <param name="slice">The bytes, a block or more.</param>
    /// <param name="step">What is expected at the start; afterwards, what is expected behind what was skipped.</param>
    /// <param name="nesting">The open containers.</param>
    /// <param name="skipFrom">How many of them are around the value.</param>
    /// <returns>How many bytes were skipped; 0 for none, and then nothing has changed.</returns>
    public static int Skip(ReadOnlySpan<byte> slice, ref JsonStep step, JsonNesting nesting, int skipFrom)
    {
        var bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(slice));
        var quotes = Find(bytes, (byte)'"');
        // Compared as signed: what is not ASCII is less than a space as well.
        var odd = Vector512.LessThan(bytes.AsSByte(), Vector512.Create((sbyte)' ')).ExtractMostSignificantBits();
        if (Find(bytes, (byte)'\\') is var backslashes and not 0)
        {
            (quotes, odd) = WithoutEscaped(slice, (quotes, odd), backslashes);
        }

        var texts = PrefixXor(quotes); // from each opening quote to before its closing one
        var outside = ~(texts | quotes);
        // Brackets, colon and comma; white space is looked for only where there is some.
        var openers = Find(bytes | Vector512.Create((byte)0x20), (byte)'{') & outside;
        var closers = Find(bytes | Vector512.Create((byte)0x20), (byte)'}') & outside;
        var commas = Find(bytes, (byte)',') & outside;
        var colons = Find(bytes, (byte)':') & outside;
        var punctuation = openers | closers | commas | colons;
        var white = Find(bytes, (byte)' ') & outside;
        if ((odd & outside) != 0)
        {
            white |= (Find(bytes, (byte)'\n') | Find(bytes, (byte)'\r') | Find(bytes, (byte)'\t')) & outside;
            odd &= ~white;
        }

        // As far as the last punctuation before anything odd.
        var clean = odd == 0 ? ulong.MaxValue : (odd & (0 - odd)) - 1;
        if ((punctuation & clean) == 0)
        {
            return 0;
        }

        var end = BitOperations.Log2(punctuation & clean);
        var kept = ulong.MaxValue >> (Length - 1 - end);
        var scalars = outside & ~white & ~punctuation & kept;
        var starts = scalars & ~(scalars << 1);
        if (starts != 0 && !AreScalars(slice, scalars, starts))
        {
            return 0;
        }

        var arrays = ~Vector512.Equals(bytes & Vector512.Create((byte)0x20), Vector512.Create((byte)0x20)).ExtractMostSignificantBits();
        var tokens = (punctuation | starts | (quotes & texts)) & kept;
        var row = new JsonRow
        {
            Texts = Bmi2.X64.ParallelBitExtract(quotes & texts, tokens),
            Scalars = Bmi2.X64.ParallelBitExtract(starts, tokens),
            Openers = Bmi2.X64.ParallelBitExtract(openers, tokens),
            Closers = Bmi2.X64.ParallelBitExtract(closers, tokens),
            Arrays = Bmi2.X64.ParallelBitExtract(arrays, tokens),
            Commas = Bmi2.X64.ParallelBitExtract(commas, tokens),
            Colons = Bmi2.X64.ParallelBitExtract(colons, tokens),
        };
        return row.TrySkip(ref step, nesting, skipFrom) ? end + 1 : 0;
    }

    private static ulong Find(Vector512<byte> bytes, byte one) => Vector512.Equals(bytes, Vector512.Create(one)).ExtractMostSignificantBits();

    /// <summary>Each bit becomes the parity of the bits up to it.</summary>
    internal static ulong PrefixXor(ulong bits) => Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();

    /// <summary>An escaped quote ends nothing. An escape that is long, wrong or cut off is odd.</summary>
    private static (ulong Quotes, ulong Odd) WithoutEscaped(ReadOnlySpan<byte> slice, (ulong Quotes, ulong Odd) found, ulong backslashes)
    {
        var (quotes, odd) = found;
        while (backslashes != 0)
        {
            var at = BitOperations.TrailingZeroCount(backslashes);
            var escaped = 2UL << at;
            if (at == Length - 1 || slice[at + 1] is not ((byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t'))
            {
                return (quotes, odd | (1UL << at));
            }

            quotes &= ~escaped;
            backslashes = backslashes & (backslashes - 1) & ~escaped;
        }

        return (quotes, odd);
    }

    private static bool AreScalars(ReadOnlySpan<byte> slice, ulong scalars, ulong starts)
    {
        while (starts != 0)
        {
            var at = BitOperations.TrailingZeroCount(starts);
            starts &= starts - 1;
            var length = BitOperations.TrailingZeroCount(~(scalars >> at));
            if (!IsScalar(slice.Slice(at, length + 1), length))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a number or a word is just so long; behind it stands one more byte.</summary>
    private static bool IsScalar(ReadOnlySpan<byte> text, int length) => text[0] switch
    {
        (byte)'t' => length == 4 && text.StartsWith("true"u8),
        (byte)'f' => length == 5 && text.StartsWith("false"u8),
        (byte)'n' => length == 4 && text.StartsWith("null"u8),
        _ => JsonScan.NumberLength(text) == length,
    };
}
