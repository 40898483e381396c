namespace OzGateway.Identity;

/// <summary>One place a user may come from: exactly one of the keys.</summary>
internal sealed class UserKeySourceOptions
{
    /// <summary>The ticket that the gateway signed. First in the list, at most once; where it is left out, a cookie is implied.</summary>
    public TicketOptions? Ticket { get; set; }

    /// <summary>A claim of a signed JWT.</summary>
    public JwtClaimOptions? JwtClaim { get; set; }

    /// <summary>A header that a listed proxy sets.</summary>
    public HeaderSourceOptions? Header { get; set; }

    /// <summary>The certificate that the client showed at the public door.</summary>
    public MtlsOptions? Mtls { get; set; }

    /// <summary>The address of the client, written <c>{}</c> for that of the connection: the last resort, and last in the list. Users behind one address share one budget.</summary>
    public ClientAddressOptions? ClientAddress { get; set; }
}
