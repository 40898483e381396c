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

    /// <summary>The user is told apart by an address only, as far as we know.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Value of the claim that names a group, or null.</summary>
    public string? Group { get; init; }
}
