namespace OzGateway.Configuration;

/// <summary>What a reading of the configuration came to.</summary>
/// <param name="Snapshot">The snapshot, or null where there are errors.</param>
/// <param name="Errors">All errors, one line each with file, line, column and code, in the order of the file.</param>
/// <param name="Warnings">What an operator should read although it is allowed, one line each, in the order of the file.</param>
/// <param name="SecretFiles">Full paths of the files that secrets came from or should have come from, to watch them.</param>
internal sealed record SnapshotResult(GatewaySnapshot? Snapshot, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> SecretFiles);
