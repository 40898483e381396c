namespace OzGateway.Payloads;

/// <summary>One open object or array.</summary>
internal struct JsonFrame
{
    public bool IsObject;

    /// <summary>Whether the output holds a member or element already, so that the next needs a comma.</summary>
    public bool HasOutput;

    /// <summary>What is looked for in this object, or null.</summary>
    public PathNode? Node;

    /// <summary>One bit per child of <see cref="Node"/> that occurred.</summary>
    public ulong Seen;
}
