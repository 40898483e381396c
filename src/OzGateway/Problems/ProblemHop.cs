namespace OzGateway.Problems;

/// <summary>Where on the way a request went wrong: who has to look.</summary>
internal enum ProblemHop
{
    /// <summary>At the caller: the request itself.</summary>
    Client,

    /// <summary>In the gateway.</summary>
    Gateway,

    /// <summary>At the shared store.</summary>
    Store,

    /// <summary>At the Web Adapter, or on the way to it.</summary>
    Adapter,

    /// <summary>At Oz API, or on the way to it.</summary>
    OzApi,
}
