namespace OzGateway.Payloads;

/// <summary>Who is told of the parts or fields of a body as they are read.</summary>
internal interface IPartListener
{
    /// <summary>A part or field begins.</summary>
    /// <param name="name">Its name, decoded.</param>
    /// <param name="headers">Its header block, or null for a field of a form.</param>
    void Begin(string name, PartHeaders? headers);

    /// <summary>The next bytes of its content, decoded.</summary>
    void Content(ReadOnlySpan<byte> content);

    /// <summary>It is over.</summary>
    void End();
}
