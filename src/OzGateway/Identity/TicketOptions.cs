namespace OzGateway.Identity;

/// <summary>How a ticket travels.</summary>
internal sealed class TicketOptions
{
    /// <summary>Where it travels.</summary>
    /// <value>cookie</value>
    public TicketCarrier? Carrier { get; set; }

    /// <summary>Name of the cookie. A name that begins with <c>__Host-</c> needs https.</summary>
    /// <value>__Host-ozgateway-ticket; ozgateway-ticket with dangerous_plain_http_cookie</value>
    public string? CookieName { get; set; }

    /// <summary>The cookie may travel over plain http. Test environments only.</summary>
    /// <value>false</value>
    public bool? DangerousPlainHttpCookie { get; set; }
}
