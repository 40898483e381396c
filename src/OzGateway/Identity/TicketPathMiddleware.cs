using System.Buffers;

namespace OzGateway.Identity;

/// <summary>The text of a ticket that stood in the path. Not verified yet.</summary>
/// <param name="text">The segment.</param>
internal sealed class TicketPathFeature(string text)
{
    /// <summary>The segment.</summary>
    public string Text { get; } = text;

    /// <inheritdoc />
    public override string ToString() => "[ticket]";
}

/// <summary>Takes a ticket out of the path before routing: what is matched, forwarded and logged never holds it.</summary>
internal sealed class TicketPathMiddleware(RequestDelegate next, TicketPolicy policy)
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (policy.Carrier is TicketCarrier.Path && HasTicket(path))
        {
            var segment = path[..(TicketTransport.PathPrefix.Length + Ticket.TextLength)];
            context.Features.Set(new TicketPathFeature(segment[TicketTransport.PathPrefix.Length..]));
            context.Request.Path = path[segment.Length..];
            var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
            var at = request.RawTarget.IndexOf(segment, StringComparison.Ordinal);
            request.RawTarget = at < 0 ? request.RawTarget : request.RawTarget.Remove(at, segment.Length);
        }

        return next(context);
    }

    private static bool HasTicket(string path) =>
        path.StartsWith(TicketTransport.PathPrefix, StringComparison.Ordinal)
        && path.Length > TicketTransport.PathPrefix.Length + Ticket.TextLength
        && path[TicketTransport.PathPrefix.Length + Ticket.TextLength] == '/'
        && !path.AsSpan(TicketTransport.PathPrefix.Length, Ticket.TextLength).ContainsAnyExcept(Alphabet);
}
