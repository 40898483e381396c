namespace OzGateway.Identity;

/// <summary>The ticket in a cookie.</summary>
internal static class TicketCookie
{
    /// <summary>The ticket of a request, verified; false where there is none or it is not ours or over.</summary>
    public static bool TryRead(HttpContext context, UserKeyPolicy policy, DateTimeOffset now, out Ticket? ticket, out bool originMatches)
    {
        ticket = null;
        originMatches = false;
        return policy.Ticket.Carrier is TicketCarrier.Cookie
            && context.Request.Cookies[policy.Ticket.CookieName] is { } text
            && Ticket.TryVerify(policy.Keys, text, now, Origin(context), out ticket, out originMatches);
    }

    /// <summary>Hands a ticket to the browser.</summary>
    public static void Write(HttpContext context, UserKeyPolicy policy, Ticket ticket)
    {
        if (policy.Ticket.Carrier is not TicketCarrier.Cookie)
        {
            return;
        }

        context.Response.Cookies.Append(policy.Ticket.CookieName, ticket.Sign(policy.Keys), new CookieOptions
        {
            HttpOnly = true,
            Secure = !policy.Ticket.DangerousPlainHttpCookie,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            Expires = ticket.ExpiresAt,
            IsEssential = true,
        });
    }

    /// <summary>The origin the browser names, or null.</summary>
    public static string? Origin(HttpContext context) =>
        context.Request.Headers.Origin is [{ Length: > 0 } origin] && origin != "null" ? origin : null;
}
