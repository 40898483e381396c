using OzGateway.Audit;

namespace OzGateway.Hosting;

/// <summary>The sections that only a restart changes, as written.</summary>
/// <param name="Doors">The section <c>doors</c>.</param>
/// <param name="Drain">The section <c>drain</c>.</param>
/// <param name="Audit">The section <c>audit</c>.</param>
/// <param name="TransactionsPath">The key <c>transaction.path</c>.</param>
/// <param name="PublicPrefix">The key <c>public_prefix</c>.</param>
internal sealed record HostingOptions(DoorsOptions Doors, DrainOptions Drain, AuditOptions Audit, string? TransactionsPath, string? PublicPrefix);
