using System.Text;

namespace OzGateway.Payloads;

/// <summary>Names of members that were met, each told once. Names, never values: what does not look like a name is counted only.</summary>
internal sealed class NameBook
{
    private const int MaxNames = 64;
    private const int MaxLength = 40;
    private const int MaxDigits = 2;

    private readonly Lock _lock = new();
    private byte[][] _names = [];

    /// <summary>The name when it is met for the first time, else null.</summary>
    public string? Meet(ReadOnlySpan<byte> name)
    {
        if (!IsName(name) || Knows(name))
        {
            return null;
        }

        lock (_lock)
        {
            if (_names.Length == MaxNames || Knows(name))
            {
                return null;
            }

            _names = [.. _names, name.ToArray()];
        }

        return Encoding.ASCII.GetString(name);
    }

    /// <summary>Whether this looks like a name. An object whose keys are ids would make values of names: an id has digits.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        var digits = 0;
        foreach (var b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'-' or (byte)'.' or (byte)':'))
            {
                return false;
            }

            digits += char.IsAsciiDigit((char)b) ? 1 : 0;
        }

        return name.Length is > 0 and <= MaxLength && digits <= MaxDigits;
    }

    private bool Knows(ReadOnlySpan<byte> name)
    {
        foreach (var known in _names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
