namespace OzGateway.Payloads;

/// <summary>Takes the decoded bytes of one answer, as they come.</summary>
public interface IAnswerReader
{
    /// <summary>Reads on.</summary>
    /// <param name="slice">The next bytes; they are not kept.</param>
    /// <exception cref="PayloadException">The answer is refused.</exception>
    void Read(ReadOnlySpan<byte> slice);
}
