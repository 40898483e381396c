namespace OzGateway.Identity;

/// <summary>One key of a door.</summary>
/// <param name="Name">Name for logs and audit, <c>[a-z0-9_-]{1,64}</c>.</param>
/// <param name="Sha256">SHA-256 of the key.</param>
/// <param name="Words">What stands behind the key, for example its rights; empty where nothing does.</param>
internal sealed record DoorKey(string Name, byte[] Sha256, IReadOnlyList<string> Words);
