namespace OzGateway.Capacity;

/// <summary>What calls have in common that share one limiter.</summary>
/// <param name="Capacity">Name of the capacity; empty for none.</param>
/// <param name="Sharer">Transaction, user or address; null for all.</param>
internal readonly record struct CapacityShare(string Capacity, object? Sharer)
{
    /// <inheritdoc />
    public override string ToString() => Capacity;
}
