namespace OzGateway.Payloads;

/// <summary>What the name of a part or field means to the rules.</summary>
/// <param name="Use">What it means.</param>
internal readonly record struct NameFinding(NameUse Use)
{
    /// <summary>The index of the key, for <see cref="NameUse.Key"/>.</summary>
    public int Key { get; init; }

    /// <summary>The target, for <see cref="NameUse.PerKey"/>.</summary>
    public InjectionTarget? Target { get; init; }

    /// <summary>The key of metadata that may stay, for <see cref="NameUse.PerKey"/> where metadata is judged by key.</summary>
    public KeptKey? Kept { get; init; }
}
