namespace OzGateway.Audit;

/// <summary>Where audit lines go: standard output, or a file that is only ever appended to.</summary>
internal sealed class AuditSink : IAsyncDisposable
{
    private readonly Stream _stream;

    private AuditSink(Stream stream) => _stream = stream;

    /// <summary>Opens the sink; a file that cannot be opened is an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> at start.</summary>
    public static AuditSink Open(string? file) => new(file is null
        ? Console.OpenStandardOutput()
        // No buffer: a line is one write, and what could not be written does not come back when the file is closed.
        : new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));

    /// <summary>Writes one line whole.</summary>
    public async ValueTask WriteLineAsync(byte[] line)
    {
        await _stream.WriteAsync((byte[])[.. line, (byte)'\n']);
        await _stream.FlushAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
