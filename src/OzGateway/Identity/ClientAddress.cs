namespace OzGateway.Identity;

/// <summary>Where a request comes from, as far as it tells people apart.</summary>
internal static class ClientAddress
{
    /// <summary>The client's network, read as the endpoint says: with its listed proxies, or the connection's own address. Null where there is no connection.</summary>
    public static string? NetworkOf(HttpContext context) => SourceOf(context).Read(context);

    /// <summary>How the client's address is read at the endpoint of a request.</summary>
    public static ClientAddressSource SourceOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ClientAddressSource>() ?? ClientAddressSource.Default;
}
