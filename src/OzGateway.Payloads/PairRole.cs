namespace OzGateway.Payloads;

/// <summary>What a member or field is to a pair of a name and a value (<c>{"name":"a","value":"b"}</c>).</summary>
internal enum PairRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It holds the name.</summary>
    Name,

    /// <summary>It holds the value.</summary>
    Value,

    /// <summary>It holds both, as a list of two.</summary>
    Entry,
}
