namespace OzGateway.Identity;

/// <summary>Whose request it is.</summary>
/// <param name="user">The user.</param>
/// <param name="ticket">The user's own ticket, or null.</param>
/// <param name="foreignTicket">A valid ticket came along that belongs to another user or another origin.</param>
internal sealed class UserKeyFeature(UserKey user, Ticket? ticket, bool foreignTicket)
{
    /// <summary>The user.</summary>
    public UserKey User { get; } = user;

    /// <summary>The user's own ticket for this origin, or null.</summary>
    public Ticket? Ticket { get; } = ticket;

    /// <summary>A valid ticket came along that belongs to another user or another origin.</summary>
    public bool HasForeignTicket { get; } = foreignTicket;

    /// <summary>Where nothing but a ticket names the user, the end of that ticket: what it vouches for does not outlive it. Else null.</summary>
    public DateTimeOffset? VouchedUntil { get; init; }

    /// <summary>The user is told apart by an address only, as far as we know.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Value of the claim that names a group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Values of claims of the token that names the user, for metadata.</summary>
    public ClaimValues Claims { get; init; } = ClaimValues.None;

    /// <summary>A new ticket for the user, as long as wished or as long as somebody vouches.</summary>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="origin">The origin it is for, or null.</param>
    /// <param name="wished">When it should end.</param>
    public Ticket TicketFor(TransactionId transaction, string? origin, DateTimeOffset wished) =>
        new(User, transaction, origin, VouchedUntil < wished ? VouchedUntil.Value : wished);
}
