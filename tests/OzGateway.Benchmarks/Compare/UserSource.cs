namespace OzGateway.Benchmarks.Compare;

/// <summary>Where the gateway's users come from.</summary>
internal enum UserSource
{
    /// <summary>A token in a cookie, signed with a shared secret.</summary>
    Jwt,

    /// <summary>A header of a listed proxy.</summary>
    Header,
}
