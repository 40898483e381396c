namespace OzGateway.Payloads;

/// <summary>A payload was refused. Says which fault and at which byte; never what the bytes were.</summary>
public sealed class PayloadException : IOException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="offset">Where it was noticed, in bytes from the start of the payload (of the inner text, for JSON held in a string).</param>
    public PayloadException(PayloadFault fault, long offset)
        : base($"{fault} at byte {offset}.")
    {
        Fault = fault;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public PayloadFault Fault { get; }

    /// <summary>Where it was noticed, in bytes from the start.</summary>
    public long Offset { get; }
}
