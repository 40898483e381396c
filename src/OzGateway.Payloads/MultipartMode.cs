namespace OzGateway.Payloads;

/// <summary>Where in a multipart body the reader stands.</summary>
internal enum MultipartMode
{
    /// <summary>At the very start, or at the start of a part's content.</summary>
    ContentStart,

    /// <summary>In the preamble or in a part's content.</summary>
    Content,

    /// <summary>Behind <c>--boundary</c>: a line end or two hyphens must follow.</summary>
    AfterBoundary,

    /// <summary>In the header block of a part.</summary>
    Headers,

    /// <summary>Behind <c>--boundary--</c>: a line end or nothing must follow.</summary>
    AfterEnd,

    /// <summary>In the epilogue, which is dropped.</summary>
    Epilogue,
}
