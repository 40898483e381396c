namespace OzGateway.Edge;

/// <summary>How long one piece of an answer may wait for a client that does not take it.</summary>
/// <param name="Time">Longer than the lowest rate needs for all that waits, so that a slow client is not taken for one that takes nothing.</param>
internal sealed record TakingLimit(TimeSpan Time);
