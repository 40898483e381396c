namespace OzGateway.Payloads;

/// <summary>What the name of a part or field means to the rules.</summary>
internal enum NameUse
{
    /// <summary>Nothing of ours: the content is searched for our keys.</summary>
    Other,

    /// <summary>A key of ours, chosen by the client: dropped.</summary>
    Key,

    /// <summary>A target that holds a JSON object.</summary>
    Target,

    /// <summary>One of several under a target with a name per key.</summary>
    PerKey,

    /// <summary>The same, under a key that may not stand in metadata.</summary>
    Unkept,
}
