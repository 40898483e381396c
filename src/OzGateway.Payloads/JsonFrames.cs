namespace OzGateway.Payloads;

/// <summary>The open objects and arrays of a document, and whether what stands in them is a pair of one of our keys and a value.</summary>
internal sealed class JsonFrames
{
    private JsonFrame[] _frames = new JsonFrame[8];

    /// <summary>How many are open.</summary>
    public int Depth { get; private set; }

    /// <summary>The innermost one, where any is open.</summary>
    public ref JsonFrame Inner => ref _frames[Depth - 1];

    /// <summary>Whether a value that begins or ends here can be the name in a pair.</summary>
    public bool MayHoldKeyName => Depth > 0 && (Inner.Role is PairRole.Name || !Inner.IsObject);

    /// <summary>Closes all of them.</summary>
    public void Clear() => Depth = 0;

    /// <summary>Opens one.</summary>
    /// <param name="isObject">Whether it is an object.</param>
    /// <param name="node">What is looked for in it, or null.</param>
    public void Open(bool isObject, PathNode? node)
    {
        if (Depth == _frames.Length)
        {
            Array.Resize(ref _frames, Depth * 2);
        }

        var isMember = Depth > 0 && Inner.IsObject;
        var role = !isObject && isMember ? Inner.Role : PairRole.None;
        _frames[Depth++] = new JsonFrame { IsObject = isObject, Node = isObject ? node : null, Role = role, MayBePair = !isObject && (!isMember || role is PairRole.Entry) };
    }

    /// <summary>Closes the innermost one.</summary>
    public void Close() => Depth--;

    /// <summary>A value begins in the innermost one.</summary>
    /// <returns>Whether it completes a pair.</returns>
    public bool SeeValue(bool isList)
    {
        ref var frame = ref Inner;
        if (!frame.IsObject)
        {
            frame.SeeElement();
            return false;
        }

        if (frame.Role is not PairRole.Value)
        {
            return false;
        }

        frame.Pairs.SeeValue(isList);
        return frame.Pairs.IsPair;
    }

    /// <summary>The value that ended is nothing but the name of one of our keys.</summary>
    /// <returns>Whether it completes a pair.</returns>
    public bool SeeKeyName()
    {
        ref var frame = ref Inner;
        if (!frame.IsObject)
        {
            frame.SeeKeyElement();
        }

        if (frame.Role is not PairRole.Name)
        {
            return false;
        }

        ref var pairs = ref (frame.IsObject ? ref frame.Pairs : ref _frames[Depth - 2].Pairs);
        if (frame.IsObject)
        {
            pairs.SeeKey();
        }
        else
        {
            pairs.SeeKeyInList();
        }

        return pairs.IsPair;
    }
}
