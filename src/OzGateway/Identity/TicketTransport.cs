using Microsoft.Extensions.Primitives;

namespace OzGateway.Identity;

/// <summary>What a request brought as its ticket.</summary>
/// <param name="Ticket">The ticket, verified and not over; null where there is none.</param>
/// <param name="OriginMatches">False where it was issued to a page of another origin.</param>
/// <param name="IsDoubled">The carrier came more than once: two readers could take different tickets from it.</param>
internal readonly record struct TicketReading(Ticket? Ticket, bool OriginMatches, bool IsDoubled);

/// <summary>How a ticket comes from a browser, and goes there.</summary>
internal static class TicketTransport
{
    /// <summary>The ticket of a request, verified; none where it is not ours or over.</summary>
    public static TicketReading Read(HttpContext context, UserKeyPolicy policy, DateTimeOffset now)
    {
        var count = Find(context, policy.Ticket, out var text);
        return count == 1 && Ticket.TryVerify(policy.Keys, text, now, Origin(context), out var ticket, out var originMatches)
            ? new TicketReading(ticket, originMatches, IsDoubled: false)
            : new TicketReading(null, OriginMatches: false, IsDoubled: count > 1);
    }

    /// <summary>Hands a ticket to the browser, where a cookie carries it.</summary>
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

    /// <summary>The address of the plugin's script with the ticket in it, where the path carries it; else null.</summary>
    public static string? PluginUrl(UserKeyPolicy policy, Ticket ticket) => policy.Ticket.Carrier is TicketCarrier.Path
        ? policy.Ticket.TicketPrefix + ticket.Sign(policy.Keys) + policy.Ticket.PluginPath
        : null;

    /// <summary>The origin the browser names, or null.</summary>
    public static string? Origin(HttpContext context) =>
        context.Request.Headers.Origin is [{ Length: > 0 } origin] && origin != "null" ? origin : null;

    private static int Find(HttpContext context, TicketPolicy policy, out StringSegment text)
    {
        text = default;
        switch (policy.Carrier)
        {
            case TicketCarrier.Cookie:
                return CookieValues.Find(context.Request, policy.CookieName, out text);
            case TicketCarrier.Path:
                text = context.Features.Get<TicketPathFeature>()?.Text;
                return text.HasValue ? 1 : 0;
            case TicketCarrier.Identity:
                return 0;
            default:
                throw new InvalidOperationException($"Ticket carrier '{policy.Carrier}' has no reader.");
        }
    }
}
