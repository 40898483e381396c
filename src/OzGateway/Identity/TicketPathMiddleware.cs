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

    private readonly string _prefix = policy.TicketPrefix;

    public Task InvokeAsync(HttpContext context)
    {
        if (policy.Carrier is TicketCarrier.Path && context.Request.Path.Value is { } path && TicketIn(path) is { } text)
        {
            context.Features.Set(new TicketPathFeature(text));
            context.Request.Path = policy.PublicPrefix + path[(_prefix.Length + text.Length)..];
            var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
            request.RawTarget = request.RawTarget.Replace($"/t/{text}", string.Empty, StringComparison.Ordinal);
        }

        return next(context);
    }

    private string? TicketIn(string path)
    {
        if (!path.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var length = path.AsSpan(_prefix.Length).IndexOf('/');
        return length > 0 && Ticket.IsTextLength(length) && !path.AsSpan(_prefix.Length, length).ContainsAnyExcept(Alphabet)
            ? path.Substring(_prefix.Length, length)
            : null;
    }
}
