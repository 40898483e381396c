namespace OzGateway.Hosting;

/// <summary>One condition of being ready, registered by any number of rooms. It answers at once, from what is already known: a probe never waits for a store.</summary>
/// <param name="Otherwise">The word a probe is answered where it does not hold, such as <c>draining</c>.</param>
/// <param name="Holds">Whether it holds now.</param>
internal sealed record ReadinessCheck(string Otherwise, Func<bool> Holds);
