using OzGateway.Identity;

namespace OzGateway.Hosting;

/// <summary>What is needed to judge certificates while the configuration is read.</summary>
/// <param name="Secrets">Fetches their files.</param>
/// <param name="Now">The time they must be valid at.</param>
internal sealed record TlsMaterialReader(SecretReader Secrets, DateTimeOffset Now);
