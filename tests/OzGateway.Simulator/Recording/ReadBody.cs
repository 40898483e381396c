namespace OzGateway.Simulator.Recording;

/// <summary>What was read of a request's body.</summary>
/// <param name="Kept">The exact bytes that are recorded.</param>
/// <param name="Whole">The whole body where the adapter has to parse it (JSON, forms, unknown types); else empty.</param>
/// <param name="Length">How many bytes came in.</param>
/// <param name="Sha256">Their hash.</param>
/// <param name="Parts">The parts.</param>
/// <param name="Complete">Whether the body came to its end.</param>
internal sealed record ReadBody(
    byte[] Kept, ReadOnlyMemory<byte> Whole, long Length, string Sha256, IReadOnlyList<ReceivedPart> Parts, bool Complete)
{
    /// <summary>What stands for the body of a request that is answered without being read.</summary>
    public static ReadBody Unread { get; } =
        new([], default, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", [], Complete: false);
}
