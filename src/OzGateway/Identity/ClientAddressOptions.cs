namespace OzGateway.Identity;

/// <summary>The address of the connection. Nothing can be set.</summary>
internal sealed class ClientAddressOptions;
