namespace OzGateway.Payloads;

/// <summary>What came of one answer.</summary>
/// <param name="State">The state that leaves.</param>
/// <param name="Document">The document that leaves.</param>
/// <param name="Observations">What was seen and stays.</param>
public sealed record ProjectedAnswer(ProjectedState State, ReadOnlyMemory<byte> Document, Observations Observations)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ProjectedAnswer);
}
