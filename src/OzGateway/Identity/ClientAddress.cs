namespace OzGateway.Identity;

/// <summary>Where a request comes from, as far as it tells people apart.</summary>
internal static class ClientAddress
{
    /// <summary>The client's network, read as <c>user_key</c> says for this endpoint: with its listed proxies, or the connection's own address. Null where there is no connection.</summary>
    public static string? NetworkOf(HttpContext context) =>
        (context.GetEndpoint()?.Metadata.GetMetadata<UserKeyPolicy>()?.Address ?? ClientAddressSource.Default).Read(context);
}
