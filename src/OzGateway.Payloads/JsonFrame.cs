using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>One open object or array.</summary>
internal struct JsonFrame
{
    private bool _hasOutput;
    private ulong _seen;
    private ulong _kept;

    public bool IsObject;

    /// <summary>What is looked for in this object, or null.</summary>
    public PathNode? Node;

    /// <summary>The pairs of this object.</summary>
    public PairWatch Pairs;

    /// <summary>What the member that is being read, or the member that this array stands in, is to a pair.</summary>
    public PairRole Role;

    /// <summary>Whether this is an array that stands where pairs do.</summary>
    public bool MayBePair;

    private int _elements;
    private bool _beginsWithKey;
    private bool _endsWithKey;

    /// <summary>Whether this is an array of a key of ours and a value: <c>["key","x"]</c>, by itself or in a list of such. As the value of a member like <c>required</c> it is a list of names.</summary>
    public readonly bool IsPair => MayBePair && _elements == 2 && _beginsWithKey && !_endsWithKey;

    /// <summary>An element of this array begins.</summary>
    public void SeeElement()
    {
        _elements++;
        _endsWithKey = false;
    }

    /// <summary>The element of this array is a key of ours.</summary>
    public void SeeKeyElement()
    {
        _beginsWithKey |= _elements == 1;
        _endsWithKey = true;
    }

    /// <summary>Writes the comma that the next member or element needs.</summary>
    public void WriteComma(IBufferWriter<byte> output)
    {
        if (_hasOutput)
        {
            output.Write(","u8);
        }

        _hasOutput = true;
    }

    /// <summary>Whether a member with this name is metadata: the object is a place for it, and nothing else is looked for under that name.</summary>
    public readonly bool IsMetadata(string name) => Node is { IsTarget: true } node && node.Find(name) < 0;

    /// <summary>Takes a member of metadata that is kept; false when it stood here before.</summary>
    public bool TryKeep(int index)
    {
        var isFirst = (_kept & (1UL << index)) == 0;
        _kept |= 1UL << index;
        return isFirst;
    }

    /// <summary>Goes to the member with this name; false when it is looked for and stood here before, or, where metadata is judged by key, in a spelling that some servers take for that name.</summary>
    public bool TryEnter(string name, bool isStrict, out PathNode? child)
    {
        child = null;
        var index = Node?.Find(name) ?? -1;
        if (index < 0)
        {
            return !isStrict || Node is null || !Node.Resembles(name);
        }

        var bit = 1UL << index;
        var isFirst = (_seen & bit) == 0;
        _seen |= bit;
        child = Node!.ChildAt(index);
        return isFirst;
    }

    /// <summary>At the end of an object: it is the first target that ends, or the place from which the target that is missing is created.</summary>
    public void Inject(PathNode node, InjectionState state, long offset, IBufferWriter<byte> output)
    {
        if (node.IsTarget)
        {
            WriteComma(output);
            output.Write(state.Plan.SetMembers);
            state.Injected = true;
        }
        else if (node.CreationIndex >= 0)
        {
            if ((_seen & (1UL << node.CreationIndex)) != 0)
            {
                throw new PayloadException(PayloadFault.TargetNotAnObject, offset);
            }

            WriteComma(output);
            JsonText.WriteString(Encoding.UTF8.GetBytes(node.NameAt(node.CreationIndex)), output);
            output.Write(":"u8);
            state.Plan.WriteCreated(node.ChildAt(node.CreationIndex), output);
            state.Injected = true;
        }
    }
}
