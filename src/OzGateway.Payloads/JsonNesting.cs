namespace OzGateway.Payloads;

/// <summary>Which of the open containers are arrays, a bit each.</summary>
internal sealed class JsonNesting(int maxDepth)
{
    private readonly ulong[] _arrays = new ulong[(maxDepth + 63) / 64];

    /// <summary>How many containers are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the innermost open container is an array.</summary>
    public bool IsArray { get; private set; }

    public void Clear() => (Depth, IsArray) = (0, false);

    /// <summary>Opens a container; false where that is too deep.</summary>
    public bool TryOpen(bool isArray)
    {
        if (Depth == maxDepth)
        {
            return false;
        }

        var bit = 1UL << (Depth & 63);
        ref var word = ref _arrays[Depth >> 6];
        word = isArray ? word | bit : word & ~bit;
        Depth++;
        IsArray = isArray;
        return true;
    }

    public void Close()
    {
        Depth--;
        IsArray = Depth > 0 && (_arrays[(Depth - 1) >> 6] >> ((Depth - 1) & 63) & 1) != 0;
    }
}
