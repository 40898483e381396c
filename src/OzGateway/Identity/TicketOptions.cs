namespace OzGateway.Identity;

/// <summary>How a ticket travels.</summary>
internal sealed class TicketOptions
{
    /// <summary>Where it travels: in a cookie (the page is of the same site), in the path of the plugin's address (the page is of another site), or nowhere.</summary>
    /// <value>cookie</value>
    public TicketCarrier? Carrier { get; set; }

    /// <summary>Path of the plugin's script, as the page loads it. The issuing answer names it behind the ticket: <c>plugin_url: /t/TICKET/plugin.js</c>. Only under the carrier path.</summary>
    /// <value>the first path of the first static route</value>
    public string? PluginPath { get; set; }

    /// <summary>Name of the cookie. A name that begins with <c>__Host-</c> needs https.</summary>
    /// <value>__Host-ozgateway-ticket; ozgateway-ticket with dangerous_plain_http_cookie</value>
    public string? CookieName { get; set; }

    /// <summary>The cookie may travel over plain http. Test environments only.</summary>
    /// <value>false</value>
    public bool? DangerousPlainHttpCookie { get; set; }
}
